"""The document a patient hands over: one model, built once, written as HTML, PDF, Markdown or text."""
