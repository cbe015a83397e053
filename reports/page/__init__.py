"""Renders a report: view models, sentences, templates, pages, texts and mails."""
