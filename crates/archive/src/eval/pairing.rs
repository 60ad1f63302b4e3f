//! One to one: which report answers which event.
//!
//! Takes the worth of every pair (0 where the two do not suit each other);
//! gives the pairs with the largest sum. Exact: no order of the reports and no
//! early choice changes it.
//!
//! ```
//! // The first taker is kept from the best pair, because both find one so.
//! let pairs = archive::eval::pairing::pairs(&[vec![5, 4], vec![4, 0]]);
//! assert_eq!(pairs, [(0, 1), (1, 0)]);
//! ```

/// The best pairs (row, column), by row. Rows may differ from columns in number.
pub fn pairs(worth: &[Vec<i64>]) -> Vec<(usize, usize)> {
    let columns = worth.iter().map(Vec::len).max().unwrap_or(0);
    let size = worth.len().max(columns);
    if columns == 0 {
        return Vec::new();
    }
    let cost =
        |row: usize, column: usize| -> i64 { -worth.get(row).and_then(|row| row.get(column)).copied().unwrap_or(0) };
    // The Hungarian method with potentials; row and column 0 are empty seats.
    let (mut of_row, mut of_column) = (vec![0; size + 1], vec![0; size + 1]);
    let mut taken = vec![0; size + 1];
    for row in 1..=size {
        taken[0] = row;
        let mut column = 0;
        let mut least = vec![i64::MAX; size + 1];
        let mut before = vec![0; size + 1];
        let mut done = vec![false; size + 1];
        while taken[column] != 0 {
            done[column] = true;
            let here = taken[column];
            let (mut delta, mut next) = (i64::MAX, 0);
            for other in 1..=size {
                if done[other] {
                    continue;
                }
                let slack = cost(here - 1, other - 1) - of_row[here] - of_column[other];
                if slack < least[other] {
                    (least[other], before[other]) = (slack, column);
                }
                if least[other] < delta {
                    (delta, next) = (least[other], other);
                }
            }
            for other in 0..=size {
                if done[other] {
                    of_row[taken[other]] += delta;
                    of_column[other] -= delta;
                } else if least[other] != i64::MAX {
                    least[other] -= delta;
                }
            }
            column = next;
        }
        while column != 0 {
            let from = before[column];
            taken[column] = taken[from];
            column = from;
        }
    }
    let mut out: Vec<(usize, usize)> = (1..=size)
        .map(|column| (taken[column] - 1, column - 1))
        .filter(|&(row, column)| cost(row, column) < 0)
        .collect();
    out.sort_unstable();
    out
}

/// The same for a large table of few pairs: each group of rows that share no
/// column with the rest is settled by itself.
pub fn by_groups(worth: &[Vec<i64>]) -> Vec<(usize, usize)> {
    let columns = worth.iter().map(Vec::len).max().unwrap_or(0);
    let suits = |row: usize, column: usize| worth[row].get(column).is_some_and(|&worth| worth > 0);
    let mut seen = vec![false; worth.len()];
    let mut out = Vec::new();
    for start in 0..worth.len() {
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        let (mut rows, mut cells) = (vec![start], Vec::new());
        let mut at = 0;
        while let Some(&row) = rows.get(at) {
            at += 1;
            for column in (0..columns).filter(|&column| suits(row, column)) {
                if cells.contains(&column) {
                    continue;
                }
                cells.push(column);
                for other in (0..worth.len()).filter(|&other| suits(other, column)) {
                    if !std::mem::replace(&mut seen[other], true) {
                        rows.push(other);
                    }
                }
            }
        }
        rows.sort_unstable();
        cells.sort_unstable();
        let part: Vec<Vec<i64>> = rows
            .iter()
            .map(|&row| cells.iter().map(|&column| worth[row].get(column).copied().unwrap_or(0)).collect())
            .collect();
        out.extend(pairs(&part).into_iter().map(|(row, column)| (rows[row], cells[column])));
    }
    out.sort_unstable();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_sum_whatever_the_shape() {
        type Case<'a> = (&'a [Vec<i64>], &'a [(usize, usize)]);
        let cases: &[Case<'_>] = &[
            (&[], &[]),
            (&[vec![]], &[]),
            (&[vec![0, 0]], &[]),
            (&[vec![0, 3]], &[(0, 1)]),
            (&[vec![3], vec![4], vec![0]], &[(1, 0)]),
            (&[vec![9, 8], vec![9, 1]], &[(0, 1), (1, 0)]),
            (&[vec![1, 0, 0], vec![1, 1, 0], vec![0, 1, 1]], &[(0, 0), (1, 1), (2, 2)]),
        ];
        for (worth, want) in cases {
            assert_eq!(pairs(worth), *want, "{worth:?}");
        }
    }

    #[test]
    fn nothing_is_better() {
        // A small generator of our own, so that the cases are the same everywhere.
        let mut state = 5u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as i64
        };
        for _ in 0..300 {
            let (rows, columns) = (1 + next() as usize % 4, 1 + next() as usize % 4);
            let worth: Vec<Vec<i64>> =
                (0..rows).map(|_| (0..columns).map(|_| (next() % 7 - 2).max(0)).collect()).collect();
            let found = pairs(&worth);
            let sum: i64 = found.iter().map(|&(row, column)| worth[row][column]).sum();
            assert_eq!(sum, slow(&worth, 0, &mut vec![false; columns]), "{worth:?}");
            let grouped: i64 = by_groups(&worth).iter().map(|&(row, column)| worth[row][column]).sum();
            assert_eq!(grouped, sum, "{worth:?}");
        }
    }

    fn slow(worth: &[Vec<i64>], row: usize, used: &mut Vec<bool>) -> i64 {
        if row == worth.len() {
            return 0;
        }
        let mut best = slow(worth, row + 1, used);
        for column in 0..used.len() {
            if !used[column] {
                used[column] = true;
                best = best.max(worth[row][column] + slow(worth, row + 1, used));
                used[column] = false;
            }
        }
        best
    }
}
