"""Real orders from CSV files."""

from sim.orders.order_file import FIELDS, REQUIRED, OrderFile, OrderRow, read_orders

__all__ = ["FIELDS", "REQUIRED", "OrderFile", "OrderRow", "read_orders"]
