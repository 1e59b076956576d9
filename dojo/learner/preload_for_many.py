"""Imported by the fork server after `preload`, where thousands of processes will be forked."""

from dojo.learner.pages import join_pages

join_pages()
