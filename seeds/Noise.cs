namespace OpsMap.Seeds;

/// <summary>Smooth value noise over the plane: a random number on each lattice point, eased in between.</summary>
static class Noise
{
    /// <summary>From 0 to 1; <paramref name="wavelength"/> is the lattice's width in metres.</summary>
    public static double At(XY p, double wavelength, int salt = 0)
    {
        var (u, v) = (p.X / wavelength, p.Y / wavelength);
        var (i, j) = ((long)Math.Floor(u), (long)Math.Floor(v));
        var (fu, fv) = (Ease(u - i), Ease(v - j));
        var south = Mix(Dice.Of(i + salt * 7919L, j), Dice.Of(i + 1 + salt * 7919L, j), fu);
        var north = Mix(Dice.Of(i + salt * 7919L, j + 1), Dice.Of(i + 1 + salt * 7919L, j + 1), fu);
        return Mix(south, north, fv);
    }

    static double Ease(double t) => t * t * (3 - 2 * t);

    static double Mix(double a, double b, double t) => a + (b - a) * t;
}
