"""Diary and assessment become screens: a page model painted in columns or line by line."""
