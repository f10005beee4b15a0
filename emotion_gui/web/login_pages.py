"""Where those who come over the network show that they know the token."""

from __future__ import annotations

from flask import Flask, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from emotion_gui.web.guard import admit


def add_login(app: Flask, token: str) -> None:
    """Add the page that asks for the token; without one there is nothing to ask."""

    @app.route("/login", methods=["GET", "POST"])
    def login() -> Response | str:
        if not token:
            return redirect(url_for("start"))
        if request.method == "GET":
            return render_template("login.html")
        admit(request.form.get("token", ""), token)
        return redirect(url_for("start"))
