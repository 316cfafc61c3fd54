// The programs below stamp their files with the time. They get a fixed one, so
// that they write the same bytes each time.
const then = Date.UTC(2026, 10, 15, 9, 0, 0);
const Real = Date;

class Fixed extends Real {
  constructor(...parts) {
    if (parts.length === 0) super(then);
    else super(...parts);
  }

  static now() {
    return then;
  }
}

globalThis.Date = Fixed;
