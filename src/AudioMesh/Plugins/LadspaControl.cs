// SPDX-License-Identifier: MIT
using AudioMesh.Interop;

namespace AudioMesh.Plugins;

/// <summary>A control port of a plug-in, as <c>ladspa.h</c> describes it.</summary>
/// <param name="Port">Its number among the plug-in's ports.</param>
/// <param name="Name">What it is called in requests.</param>
/// <param name="Title">What the plug-in calls it.</param>
/// <param name="Unit">Its unit where the title ends in one.</param>
/// <param name="Hint">The plug-in's hints.</param>
internal sealed record LadspaControl(int Port, string Name, string Title, string Unit, LADSPA_PortRangeHint Hint)
{
    /// <summary>The bound where the plug-in names none.</summary>
    private const double Unbounded = 1e6;

    private const double ConcertPitchHz = 440;

    /// <summary>Whether it is on or off.</summary>
    public bool IsToggle => Has(LadspaLibrary.LADSPA_HINT_TOGGLED);

    /// <summary>Whether it takes whole numbers.</summary>
    public bool IsInteger => Has(LadspaLibrary.LADSPA_HINT_INTEGER);

    /// <summary>Whether people find a logarithmic scale better.</summary>
    public bool IsLogarithmic => Has(LadspaLibrary.LADSPA_HINT_LOGARITHMIC);

    /// <summary>Whether values between two others make no sense.</summary>
    public bool IsStepped => IsToggle || IsInteger;

    /// <summary>Whether its bounds are multiples of the rate.</summary>
    public bool FollowsRate => Has(LadspaLibrary.LADSPA_HINT_SAMPLE_RATE);

    /// <summary>The lowest value at <paramref name="rate"/>.</summary>
    public double Lowest(int rate)
    {
        double bound = Has(LadspaLibrary.LADSPA_HINT_BOUNDED_BELOW) && float.IsFinite(Hint.LowerBound) ? Tidy(Hint.LowerBound) * Factor(rate) : -Unbounded;
        return IsToggle ? 0 : IsInteger ? Math.Ceiling(bound) : bound;
    }

    /// <summary>The highest value at <paramref name="rate"/>, never below the lowest.</summary>
    public double Highest(int rate)
    {
        double bound = Has(LadspaLibrary.LADSPA_HINT_BOUNDED_ABOVE) && float.IsFinite(Hint.UpperBound) ? Tidy(Hint.UpperBound) * Factor(rate) : Unbounded;
        return IsToggle ? 1 : Math.Max(Lowest(rate), IsInteger ? Math.Floor(bound) : bound);
    }

    /// <summary>The plug-in's default at <paramref name="rate"/>; where it names none, 0 or what of its range is nearest to that.</summary>
    public double Default(int rate)
    {
        double value = (Hint.HintDescriptor & LadspaLibrary.LADSPA_HINT_DEFAULT_MASK) switch
        {
            LadspaLibrary.LADSPA_HINT_DEFAULT_MINIMUM => Lowest(rate),
            LadspaLibrary.LADSPA_HINT_DEFAULT_LOW => Between(0.25, rate),
            LadspaLibrary.LADSPA_HINT_DEFAULT_MIDDLE => Between(0.5, rate),
            LadspaLibrary.LADSPA_HINT_DEFAULT_HIGH => Between(0.75, rate),
            LadspaLibrary.LADSPA_HINT_DEFAULT_MAXIMUM => Highest(rate),
            LadspaLibrary.LADSPA_HINT_DEFAULT_1 => 1,
            LadspaLibrary.LADSPA_HINT_DEFAULT_100 => 100,
            LadspaLibrary.LADSPA_HINT_DEFAULT_440 => ConcertPitchHz,
            _ => 0,
        };
        return Held(IsStepped ? Math.Round(value) : value, rate);
    }

    /// <summary>What of the range at <paramref name="rate"/> is nearest to <paramref name="value"/>.</summary>
    public double Held(double value, int rate) => Math.Clamp(value, Lowest(rate), Highest(rate));

    private double Between(double share, int rate)
    {
        double low = Lowest(rate);
        double high = Highest(rate);
        return IsLogarithmic && low > 0
            ? Math.Exp((Math.Log(low) * (1 - share)) + (Math.Log(high) * share))
            : (low * (1 - share)) + (high * share);
    }

    private double Factor(int rate) => FollowsRate ? rate : 1;

    private bool Has(int hint) => (Hint.HintDescriptor & hint) != 0;

    /// <summary>The number that was meant: 0.1 is 0.1 and not the float nearest to it.</summary>
    private static double Tidy(float bound) => (double)(decimal)Math.Clamp(bound, (float)-Unbounded, (float)Unbounded);
}
