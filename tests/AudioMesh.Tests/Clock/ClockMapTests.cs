// SPDX-License-Identifier: MIT
using System.Numerics;
using AudioMesh.Clock;
using FsCheck;
using FsCheck.Fluent;

namespace AudioMesh.Tests.Clock;

internal sealed class ClockMapTests
{
    private const long YearNs = 365L * 86400 * 1_000_000_000;

    [Test]
    public void Default_map_relates_nothing()
    {
        ClockMap map = default;
        Assert.That(map.IsKnown, Is.False);
        Assert.That(map.ToMesh(17), Is.EqualTo(MeshTime.Unknown));
        Assert.That(map.ToSource(new MeshTime(17)), Is.EqualTo(long.MinValue));
    }

    [Test]
    public void Ten_years_of_frames_land_on_the_exact_nanosecond()
    {
        ClockMap map = new(1000, new MeshTime(-5), 1e9 / 48_000);
        BigInteger exactRate = new BigInteger(1e9 / 48_000 * Math.Pow(2, 38));
        long frames = 10L * 365 * 86400 * 48_000;
        BigInteger expected = -5 + (((frames * exactRate) + (BigInteger.One << 37)) >> 38);
        Assert.That(map.ToMesh(1000 + frames).Nanoseconds, Is.EqualTo((long)expected));
    }

    [Test]
    public void A_tick_survives_the_way_to_mesh_time_and_back() => Prop.ForAll(Rates(), Ticks(), (rate, tick) =>
    {
        ClockMap map = new(12345, new MeshTime(987654321), rate);
        long distance = (long)(tick / rate / 2);
        long slack = (long)Math.Ceiling(0.5 / rate);
        return Math.Abs(map.ToSource(map.ToMesh(12345 + distance)) - (12345 + distance)) <= slack;
    }).QuickCheckThrowOnFailure();

    [Test]
    public void Later_ticks_never_come_earlier() => Prop.ForAll(Rates(), Ticks(), (rate, tick) =>
    {
        ClockMap map = new(-7, new MeshTime(3), rate);
        long distance = (long)(tick / rate / 2);
        return map.ToMesh(distance) <= map.ToMesh(distance + 1);
    }).QuickCheckThrowOnFailure();

    [Test]
    public void Composition_is_one_map_after_the_other() => Prop.ForAll(Skews(), Ticks(), (skew, tick) =>
    {
        ClockMap device = new(480, new MeshTime(1_000_000), 1e9 / 48_000 * (1 + skew), 40, 1e-8);
        ClockMap peer = new(500_000, new MeshTime(-YearNs), 1 - (skew / 3), 900, 2e-8);
        ClockMap both = device.Compose(peer);
        long frame = tick / 50_000;
        MeshTime twoSteps = peer.ToMesh(device.ToMesh(frame).Nanoseconds);
        long off = Math.Abs(both.ToMesh(frame) - twoSteps);
        double rounding = 3 + (1e-15 * Math.Abs((double)tick));
        return off <= rounding && both.ErrorAt(twoSteps) + rounding >= peer.ErrorAt(twoSteps) + (device.ErrorAt(device.ToMesh(frame)) * peer.Rate);
    }).QuickCheckThrowOnFailure();

    [Test]
    public void Inversion_undoes_a_map() => Prop.ForAll(Skews(), Ticks(), (skew, tick) =>
    {
        ClockMap map = new(55, new MeshTime(77), 1 + skew, 10, 1e-9);
        long there = map.ToMesh(tick).Nanoseconds;
        double rounding = 2 + (1e-15 * Math.Abs((double)tick));
        return Math.Abs(map.Invert().ToMesh(there).Nanoseconds - tick) <= rounding;
    }).QuickCheckThrowOnFailure();

    [Test]
    public void Error_grows_with_the_distance_from_the_origin()
    {
        ClockMap map = new(0, new MeshTime(1000), 1, 100, 1e-6);
        Assert.That(map.ErrorAt(new MeshTime(1000)), Is.EqualTo(100));
        Assert.That(map.ErrorAt(new MeshTime(1000 - 1_000_000_000)), Is.EqualTo(1100).Within(1e-6));
    }

    [TestCase(0)]
    [TestCase(double.NaN)]
    [TestCase(-1)]
    [TestCase(1e13)]
    public void Senseless_rates_are_refused(double rate) =>
        Assert.That(() => new ClockMap(0, default, rate), Throws.TypeOf<AudioMeshException>().With.Property("Kind").EqualTo(AudioErrorKind.InvalidArgument));

    [Test]
    public void Frames_and_nanoseconds_convert_exactly_over_a_century()
    {
        FrameCount century = new(100L * 365 * 86400 * 48_000);
        Assert.That(century.ToNanoseconds(48_000), Is.EqualTo(100 * YearNs));
        Assert.That(FrameCount.FromNanoseconds(100 * YearNs, 48_000), Is.EqualTo(century));
        Assert.That(new FrameCount(-1).ToNanoseconds(48_000), Is.EqualTo(-20_833));
    }

    private static Arbitrary<double> Rates() =>
        Gen.Elements(1e-3, 1 / 3.0, 1, 1 + 2e-4, 10, 52.083333333333336, 1e9 / 44_100, 1e9 / 48_000 * (1 - 1.7e-4), 1e9, 1e12).ToArbitrary();

    private static Arbitrary<double> Skews() => Gen.Choose(-200_000, 200_000).Select(ppb => ppb * 1e-9).ToArbitrary();

    /// <summary>Distances of up to fifty years, of every size.</summary>
    private static Arbitrary<long> Ticks() =>
        (from bits in Gen.Choose(0, 60) from value in Gen.Choose(int.MinValue, int.MaxValue) select ((long)value << 31) >> (60 - bits)).ToArbitrary();
}
