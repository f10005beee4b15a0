"""Where a face will be: its place, size and how they change, each with how sure that is."""

from __future__ import annotations

import math
from dataclasses import dataclass

from emotion_gui.core.results import Box

# All in sides of the face, so that a face near the camera and one far away follow the same rules.
# How much a box trembles on a face that keeps still: 0.02 to 0.05 for BlazeFace on the development clips.
_MEASURED = 0.05
# White-noise acceleration, in sides squared per second cubed: a head that leans over reaches one to two sides a
# second within half a second.
_RESTLESSNESS = 5.0
_SIZE_RESTLESSNESS = 0.5
_SPEED_AT_FIRST = 2.0
_SIZE_SPEED_AT_FIRST = 0.3
# A movement goes on for about this long, in seconds: nobody leaves a picture because they leaned over before they were
# hidden.
_LASTS_S = 1.0
# However long a face is hidden, it is not looked for much further away than this by its movement alone.
_WIDEST = 1.0
_WIDEST_SIZE = 0.25


@dataclass(frozen=True, slots=True)
class Axis:
    """One coordinate with its speed and their covariance: the state of a Kalman filter.

    Attributes:
        value: Place in pixels or logarithm of the size.
        speed: Its change in one second.
        covariance: Variance of the value, their covariance, variance of the speed.
    """

    value: float
    speed: float
    covariance: tuple[float, float, float]

    def after(self, seconds: float, noise: float, widest: float) -> Axis:
        """What is expected after a time without a measurement.

        The speed decays (Singer 1970, "Estimating optimal tracking filter performance for manned maneuvering targets",
        takes the acceleration so), driven by white noise.

        Args:
            seconds: The time.
            noise: Density of the noise, in squared units of the value per second cubed.
            widest: Standard deviation of the value that is not exceeded.
        """
        keep = math.exp(-seconds / _LASTS_S)
        reach = _LASTS_S * (1 - keep)
        value, both, speed = self.covariance
        new_value = value + 2 * reach * both + reach * reach * speed + noise * seconds**3 / 3
        new_both = keep * (both + reach * speed) + noise * seconds**2 / 2
        new_speed = keep * keep * speed + noise * seconds
        # Cut down as a whole: the correlation stays what it is.
        shrink = min(1.0, widest / math.sqrt(new_value))
        covariance = (new_value * shrink**2, new_both * shrink, new_speed)
        return Axis(self.value + reach * self.speed, keep * self.speed, covariance)

    def corrected(self, measured: float, variance: float) -> Axis:
        """The state after a measurement with this variance (Kalman 1960)."""
        value, both, speed = self.covariance
        total = value + variance
        gain, speed_gain = value / total, both / total
        miss = measured - self.value
        covariance = ((1 - gain) * value, (1 - gain) * both, speed - speed_gain * both)
        return Axis(self.value + gain * miss, self.speed + speed_gain * miss, covariance)

    def at_rest(self, speed_variance: float) -> Axis:
        """The same place, with nothing known of its movement."""
        return Axis(self.value, 0.0, (self.covariance[0], 0.0, speed_variance))


@dataclass(frozen=True, slots=True)
class Motion:
    """A face's middle, in pixels, and the logarithm of its side; each may go its own way."""

    x: Axis
    y: Axis
    size: Axis

    @classmethod
    def begin(cls, box: Box) -> Motion:
        """A face that is seen for the first time."""
        side = side_of(box)
        place = (_MEASURED * side) ** 2, 0.0, (_SPEED_AT_FIRST * side) ** 2
        size = _MEASURED**2, 0.0, _SIZE_SPEED_AT_FIRST**2
        x, y = box.center
        return cls(Axis(x, 0.0, place), Axis(y, 0.0, place), Axis(math.log(side), 0.0, size))

    @property
    def side(self) -> float:
        """Side of the face in pixels: the square root of its area."""
        return math.exp(self.size.value)

    @property
    def box(self) -> Box:
        """The face as a square."""
        side = self.side
        return Box(self.x.value - side / 2, self.y.value - side / 2, side, side)

    def after(self, seconds: float) -> Motion:
        """What is expected after a time without seeing it."""
        side = self.side
        noise, widest = _RESTLESSNESS * side * side, _WIDEST * side
        return Motion(
            self.x.after(seconds, noise, widest),
            self.y.after(seconds, noise, widest),
            self.size.after(seconds, _SIZE_RESTLESSNESS, _WIDEST_SIZE),
        )

    def corrected(self, box: Box) -> Motion:
        """The state after the face was seen here."""
        side, (x, y) = side_of(box), box.center
        variance = (_MEASURED * side) ** 2
        return Motion(
            self.x.corrected(x, variance),
            self.y.corrected(y, variance),
            self.size.corrected(math.log(side), _MEASURED**2),
        )

    def at_rest(self) -> Motion:
        """The same place and size, with nothing known of the movement."""
        speed = (_SPEED_AT_FIRST * self.side) ** 2
        return Motion(self.x.at_rest(speed), self.y.at_rest(speed), self.size.at_rest(_SIZE_SPEED_AT_FIRST**2))

    def surprise(self, box: Box) -> float:
        """How little a box is expected: the negative logarithm of its density, in units of the face's side.

        The density is Student's t with 4 degrees of freedom and not normal: people start and stop at once, which a
        normal density would call impossible.
        """
        side, (x, y) = side_of(box), box.center
        squares, widths = 0.0, 0.0
        scale = self.side
        for axis, measured, unit in ((self.x, x, scale), (self.y, y, scale), (self.size, math.log(side), 1.0)):
            variance = axis.covariance[0] / unit**2 + _MEASURED**2
            squares += ((measured - axis.value) / unit) ** 2 / variance
            widths += math.log(variance) / 2
        return 3.5 * math.log1p(squares / 4) + widths


def side_of(box: Box) -> float:
    """Side of a square of the same area, in pixels; at least 1."""
    return math.sqrt(max(1.0, box.width * box.height))
