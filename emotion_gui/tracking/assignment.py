"""Which face goes to whom, all decided together: the cheapest assignment."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def cheapest_assignment(costs: NDArray[np.float64]) -> list[int]:
    """The column of each row so that the sum of their costs is the least; no column is used twice.

    Each row is given to its nearest column along the cheapest way of moving earlier rows aside (Kuhn 1955, "The
    Hungarian method for the assignment problem", in the form of shortest augmenting paths, Jonker and Volgenant 1987).

    Args:
        costs: float64 [rows, columns] with at least as many columns as rows; finite.

    Returns:
        A column for each row, in the order of the rows.
    """
    rows, columns = costs.shape
    row_price, column_price = np.zeros(rows), np.zeros(columns)
    # The row that each column is given to; -1 for none.
    taker = np.full(columns, -1)
    for row in range(rows):
        _give(row, costs, (row_price, column_price), taker)
    found = [0] * rows
    for column, row in enumerate(taker.tolist()):
        if row >= 0:
            found[row] = column
    return found


def _give(
    row: int,
    costs: NDArray[np.float64],
    prices: tuple[NDArray[np.float64], NDArray[np.float64]],
    taker: NDArray[np.int64],
) -> None:
    """Give one more row a column; rows that had one may change theirs."""
    row_price, column_price = prices
    distance = np.full(taker.shape, np.inf)
    origin = np.full(taker.shape, -1)
    open_columns = np.ones(taker.shape, bool)
    here, column, walked = row, -1, 0.0
    while True:
        through = walked + costs[here] - row_price[here] - column_price
        nearer = open_columns & (through < distance)
        distance[nearer], origin[nearer] = through[nearer], column
        column = int(np.argmin(np.where(open_columns, distance, np.inf)))
        walked = float(distance[column])
        open_columns[column] = False
        if taker[column] < 0:
            break
        here = int(taker[column])
    settled = ~open_columns
    settled[column] = False
    row_price[row] += walked
    row_price[taker[settled]] += walked - distance[settled]
    column_price[settled] -= walked - distance[settled]
    while column >= 0:
        before = int(origin[column])
        taker[column] = taker[before] if before >= 0 else row
        column = before
