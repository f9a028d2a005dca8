namespace Evenhand.DemoCentre;

/// <summary>Draws from the distributions of a call centre.</summary>
internal static class Chance
{
    public static double Normal(Random chance) =>
        Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());

    public static double Exponential(Random chance, double mean) => -mean * Math.Log(1 - chance.NextDouble());

    /// <summary>Lognormal by its own mean and coefficient of variation.</summary>
    public static double Lognormal(Random chance, double mean, double cv)
    {
        var s2 = Math.Log(1 + cv * cv);
        return Math.Exp(Math.Log(mean) - s2 / 2 + Math.Sqrt(s2) * Normal(chance));
    }
}
