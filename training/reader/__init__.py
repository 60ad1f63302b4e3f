"""The reader network: words in, tags, lemmas, trees and entity labels out."""
