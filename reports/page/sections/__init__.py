"""A report in words: `page.page_view` makes the view, with one module for each section."""
