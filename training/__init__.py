"""How the weights in model/ are made. See training/README.md."""
