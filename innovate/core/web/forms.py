"""The base of every form: CSRF, trimmed text, messages in the user's language, refusals of services shown in place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import wtforms
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, Field, FileField
from wtforms.meta import DefaultMeta
from wtforms.validators import DataRequired, Email, InputRequired, Length, NumberRange, ValidationError

from innovate.core.db import db
from innovate.core.errors import DomainError
from innovate.core.web.field_messages import FIELD_MESSAGES, FieldMessages
from innovate.core.web.kept_forms import take_kept

YEARS = range(2000, 3000)
WRONG_YEAR = _l("Periksa tahunnya: isi tahun dari 2000 sampai 2999.")


def required() -> DataRequired:
    """The field must be filled in."""
    return DataRequired(_l("Bagian ini wajib diisi."))


def given() -> InputRequired:
    """Something must be typed; what is wrong with it is said first (a number that is none)."""
    return InputRequired(_l("Bagian ini wajib diisi."))


def must_choose() -> InputRequired:
    """One of the choices must be taken (0 and False count)."""
    return InputRequired(_l("Pilih salah satu."))


def length(maximum: int, minimum: int = 0) -> Length:
    """Text of a bounded number of characters."""
    if minimum:
        return Length(minimum, maximum, _l("Isi %(min)d sampai %(max)d karakter."))
    return Length(max=maximum, message=_l("Paling banyak %(max)d karakter."))


def email() -> Email:
    """An address that can exist."""
    return Email(_l("Alamat surel ini tidak lengkap, contoh: nama@pontianak.go.id."))


class Between(NumberRange):
    """A closed range; a number too long for the machine lies outside of it."""

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse what is outside."""
        try:
            super().__call__(form, field)
        except OverflowError as error:
            raise ValidationError(str(self.message) % {"min": self.min, "max": self.max}) from error


def between(minimum: int, maximum: int) -> Between:
    """A number in a closed range."""
    return Between(minimum, maximum, _l("Isi angka dari %(min)s sampai %(max)s."))


def trim(value: Any) -> Any:
    """Text without white space at its ends and without NUL characters."""
    return value.replace("\x00", "").strip() if isinstance(value, str) else value


class Form(FlaskForm):
    """Trims what is typed and turns a service's refusal into an error beside its field."""

    _refusal_status = 422

    class Meta(FlaskForm.Meta):
        """Every field trims its text."""

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            """Add the trimming filter to text-like fields."""
            filters = list(unbound_field.kwargs.get("filters", []))
            if (
                "String" in _bases(unbound_field.field_class)
                and "Password" not in unbound_field.field_class.__name__
            ):
                filters.append(trim)
            return unbound_field.bind(form=form, filters=filters, **options)

        def get_translations(self, _form: Any) -> FieldMessages:
            """What fields say by themselves, in the product's words."""
            return FIELD_MESSAGES

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What is sent; on a page that is read, what its reader could not send before (`kept_forms`)."""
            sent = super().wrap_formdata(form, formdata)
            if sent is not None:
                return sent
            kept = take_kept(type(form).__name__)
            return kept.values if kept else None

    def process(self, *args: Any, zone: str | None = None, **kwargs: Any) -> None:
        """Fill the fields; instants are typed and shown in `zone`."""
        for each in self:
            if zone is not None and isinstance(each, InstantField):
                each.zone = zone
        super().process(*args, **kwargs)
        for each in self:
            if isinstance(each, FileField) and isinstance(each.data, str):
                each.data = None  # text sent in the place of a file is no file

    def refuse(self, error: DomainError) -> None:
        """Put the reason of a refusal on the form."""
        self._refusal_status = 429 if error.status == 429 else 422
        field = self._fields.get(error.field or "")
        if field is None:
            self.form_errors.append(error.message)
        else:
            field.errors = [*field.errors, error.message]

    @contextmanager
    def catch(self) -> Iterator[None]:
        """Run a service; if it refuses, undo what it began and put the reason on the form.

        if form.validate_on_submit():
            with form.catch():
                services.do_it(...)
                return redirect(...)
        return render_template(..., form=form), form.status
        """
        try:
            with db.session.begin_nested():
                yield
        except DomainError as error:
            if error.status in {403, 404}:
                raise
            self.refuse(error)

    @property
    def status(self) -> int:
        """HTTP status for showing the form: 422 after a refused submit (429 after too many), else 200."""
        return self._refusal_status if self.is_submitted() else 200


class NestedForm(wtforms.Form):
    """Fields that stand several times within a form (`FormField`): no token of their own, the same words."""

    class Meta(DefaultMeta):
        """The product's words."""

        def get_translations(self, _form: Any) -> FieldMessages:
            """What fields say by themselves."""
            return FIELD_MESSAGES


def _bases(cls: type) -> str:
    return " ".join(base.__name__ for base in cls.__mro__)


class InstantField(DateTimeLocalField):
    """A local date and time in the `zone` its form was made with (or Asia/Pontianak); its data is an aware instant."""

    def __init__(self, *args: Any, zone: str = "Asia/Pontianak", **kwargs: Any) -> None:
        super().__init__(*args, format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **kwargs)
        self.zone = zone

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the local time, then attach the zone."""
        if not valuelist or not valuelist[0]:
            self.data = None
            return
        self.data = None
        for pattern in self.strptime_format:
            try:
                local = datetime.strptime(valuelist[0], pattern).replace(tzinfo=ZoneInfo(self.zone))
            except ValueError:
                continue
            if (
                local.year not in YEARS
            ):  # a year half typed; at the ends of the calendar zones cannot be computed
                raise ValueError(WRONG_YEAR)
            self.data = local
            return
        raise ValueError(_l("Isi tanggal dan jam dengan lengkap."))

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        return self.data.astimezone(ZoneInfo(self.zone)).strftime("%Y-%m-%dT%H:%M") if self.data else ""
