// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>
/// How sound from a direction reaches an ear of a head that is a sphere: its shadow, its delay, and the echoes of the pinna (C. P. Brown, R. O. Duda, "A
/// Structural Model for Binaural Sound Synthesis", IEEE Transactions on Speech and Audio Processing 6, 1998; the delay is that of R. S. Woodworth,
/// "Experimental Psychology", 1938). The ears are 90 degrees from the front; shoulders and rooms are left out. Angles in radians.
/// </summary>
[RealtimeSafe]
internal static class HeadModel
{
    /// <summary>Radius of the head, in metres.</summary>
    public const double Radius = 0.0875;

    /// <summary>Speed of sound, in metres per second.</summary>
    public const double SoundSpeed = 343;

    /// <summary>What sound needs for the head's radius, in seconds.</summary>
    public const double RadiusSeconds = Radius / SoundSpeed;

    /// <summary>Echoes of the pinna.</summary>
    public const int Echoes = 5;

    /// <summary>The rate in whose frames the paper counts the echoes' delays.</summary>
    private const double EchoRate = 44100;

    private const double LeastShadow = 0.1;
    private const double DeepestShadow = 150 * Math.PI / 180;

    private static ReadOnlySpan<float> EchoGains => [0.5f, -1, 0.5f, -0.25f, 0.25f];

    private static ReadOnlySpan<float> EchoSpans => [1, 5, 5, 5, 5];

    private static ReadOnlySpan<float> EchoDelays => [2, 4, 7, 11, 13];

    private static ReadOnlySpan<float> EchoSlopes => [1, 0.5f, 0.5f, 0.5f, 0.5f];

    /// <summary>The latest echo comes this long after the sound itself, in seconds.</summary>
    public static double LongestEchoSeconds => (5 + 13) / EchoRate;

    /// <summary>The angle between the source and the axis of an ear, whose side is 1 for the right one and -1 for the left one.</summary>
    public static double Incidence(double azimuth, double elevation, int side) =>
        Math.Acos(Math.Clamp(side * Math.Sin(azimuth) * Math.Cos(elevation), -1, 1));

    /// <summary>When sound reaches the ear, in seconds after it would reach the middle of the head.</summary>
    public static double DelaySeconds(double incidence) =>
        RadiusSeconds * (incidence < Math.PI / 2 ? -Math.Cos(incidence) : incidence - (Math.PI / 2));

    /// <summary>How many times high frequencies are louder at the ear than without a head: the alpha of the paper's equation 3.</summary>
    public static double HighGain(double incidence) =>
        1 + (LeastShadow / 2) + ((1 - (LeastShadow / 2)) * Math.Cos(incidence / DeepestShadow * Math.PI));

    /// <summary>One echo's gain, and its delay after the sound itself in seconds; none is earlier than that.</summary>
    public static (double Gain, double Seconds) Echo(int echo, double azimuth, double elevation)
    {
        double lateral = Math.Asin(Math.Clamp(Math.Sin(azimuth) * Math.Cos(elevation), -1, 1));
        double polar = Math.Atan2(Math.Sin(elevation), Math.Cos(elevation) * Math.Cos(azimuth));
        polar += polar < -Math.PI / 2 ? Math.Tau : 0;
        double frames = (EchoSpans[echo] * Math.Cos(lateral / 2) * Math.Sin(EchoSlopes[echo] * ((Math.PI / 2) - polar))) + EchoDelays[echo];
        return (EchoGains[echo], Math.Max(0, frames) / EchoRate);
    }
}
