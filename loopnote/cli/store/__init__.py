"""Commands about the store as a whole, and corrections of which rows are one note."""
