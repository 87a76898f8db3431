// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using AudioMesh.Realtime;

namespace AudioMesh.Clock;

/// <summary>
/// A line between a source clock (ticks of any length: frames, GPU ticks, another machine's nanoseconds) and mesh time. Origins are integers
/// and the product with the rate is taken in 128 bits, so no distance from the origin costs precision. Immutable; any thread.
/// The default value relates nothing: see <see cref="IsKnown"/>.
/// </summary>
public readonly record struct ClockMap
{
    /// <summary>The shortest tick, in nanoseconds.</summary>
    public const double MinRate = 1e-3;

    /// <summary>The longest tick, in nanoseconds.</summary>
    public const double MaxRate = 1e12;

    private const int MantissaBits = 52;

    private readonly long _mantissa;
    private readonly int _shift;

    /// <summary>
    /// The line through (<paramref name="sourceOrigin"/>, <paramref name="meshOrigin"/>) that climbs <paramref name="rate"/> nanoseconds of mesh
    /// time a tick. Throws InvalidArgument when the rate is not within <see cref="MinRate"/>..<see cref="MaxRate"/> or a bound is negative.
    /// </summary>
    public ClockMap(long sourceOrigin, MeshTime meshOrigin, double rate, double errorNs = 0, double rateError = 0)
    {
        if (!(rate >= MinRate && rate <= MaxRate && errorNs >= 0 && rateError >= 0))
        {
            ThrowOutOfRange(rate, errorNs, rateError);
        }

        SourceOrigin = sourceOrigin;
        MeshOrigin = meshOrigin;
        Rate = rate;
        ErrorNs = errorNs;
        RateError = rateError;
        long bits = BitConverter.DoubleToInt64Bits(rate);
        _mantissa = (bits & ((1L << MantissaBits) - 1)) | (1L << MantissaBits);
        _shift = 1023 + MantissaBits - (int)(bits >> MantissaBits);
    }

    /// <summary>False for the default value, whose <see cref="ToMesh"/> is Unknown and <see cref="ToSource"/> the smallest number.</summary>
    public bool IsKnown => _mantissa != 0;

    /// <summary>Mesh time as its own source.</summary>
    public static ClockMap Identity => new(0, new MeshTime(0), 1);

    /// <summary>The source's tick at <see cref="MeshOrigin"/>.</summary>
    public long SourceOrigin { get; }

    /// <summary>The mesh time of <see cref="SourceOrigin"/>.</summary>
    public MeshTime MeshOrigin { get; }

    /// <summary>Nanoseconds of mesh time a tick; 1e9 over the source's true frequency in Hz.</summary>
    public double Rate { get; }

    /// <summary>The map's mesh time at its origin is at most this far from the truth, nanoseconds.</summary>
    public double ErrorNs { get; }

    /// <summary>How much more that grows with each nanosecond of mesh time away from the origin (1e-6 is 1 ppm).</summary>
    public double RateError { get; }

    /// <summary>The source's measured frequency, Hz.</summary>
    public double FrequencyHz => 1e9 / Rate;

    /// <summary>The mesh time of a tick, rounded to nearest.</summary>
    [RealtimeSafe]
    public MeshTime ToMesh(long source)
    {
        if (!IsKnown)
        {
            return MeshTime.Unknown;
        }

        Int128 half = (Int128)1 << (_shift - 1);
        return MeshOrigin.Add((long)((Math.BigMul(source - SourceOrigin, _mantissa) + half) >> _shift));
    }

    /// <summary>The tick nearest to a mesh time.</summary>
    [RealtimeSafe]
    public long ToSource(MeshTime mesh)
    {
        if (!IsKnown)
        {
            return long.MinValue;
        }

        Int128 distance = (Int128)(mesh - MeshOrigin) << _shift;
        long half = _mantissa / 2;
        return SourceOrigin + (long)((distance + (distance < 0 ? -half : half)) / _mantissa);
    }

    /// <summary>How far <see cref="ToMesh"/> may be from the truth at <paramref name="mesh"/>, nanoseconds.</summary>
    [RealtimeSafe]
    public double ErrorAt(MeshTime mesh) => ErrorNs + (RateError * Math.Abs((double)(mesh - MeshOrigin)));

    /// <summary>This map's source straight to <paramref name="next"/>'s mesh time, where next's source is our mesh time. Bounds add up.</summary>
    public ClockMap Compose(ClockMap next)
    {
        double rounding = 0.5;
        MeshTime origin = next.ToMesh(MeshOrigin.Nanoseconds);
        double errorNs = next.ErrorAt(origin) + (ErrorNs * (next.Rate + next.RateError)) + rounding;
        double rateError = RateError + next.RateError + (RateError * next.RateError);
        return new ClockMap(SourceOrigin, origin, Rate * next.Rate, errorNs, rateError);
    }

    /// <summary>The way back: our mesh time becomes the source, our source's ticks the other side. Bounds then count ticks.</summary>
    public ClockMap Invert() => new(MeshOrigin.Nanoseconds, new MeshTime(SourceOrigin), 1 / Rate, ErrorNs / Rate, RateError);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowOutOfRange(double rate, double errorNs, double rateError) => throw new AudioMeshException(
        AudioErrorKind.InvalidArgument, $"A clock map with rate {rate}, error {errorNs} ns and rate error {rateError} makes no sense.")
    {
        Field = "rate",
        Allowed = "0.001..1e12 ns a tick, bounds not negative",
    };
}
