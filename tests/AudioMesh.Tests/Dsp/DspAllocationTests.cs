// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Testing;

namespace AudioMesh.Tests.Dsp;

internal sealed class DspAllocationTests
{
    private readonly float[] _source = Signals.Noise(777);
    private readonly float[] _destination = new float[777];
    private readonly byte[] _bytes = new byte[4 * 777];

    [Test]
    public void Gains_and_sums_allocate_nothing() => AllocationGate.AssertNone(() =>
    {
        Mix.Add(_source, _destination);
        Mix.AddScaled(_source, 0.5f, _destination);
        Gain.Apply(_destination, 0.5f);
        GainRamp.Apply(_destination, 0.1f, 0.2f);
        GainRamp.AddRamped(_source, 0.1f, 0.2f, _destination);
        PowerRamp.Apply(_destination, 0.1f, 0.2f);
        PowerRamp.AddRamped(_source, 0.1f, 0.2f, _destination);
        Pan.Add(_source, -0.5f, 0.5f, _destination, _destination);
        Balance.Apply(_destination, _destination, -0.5f, 0.5f);
    });

    [Test]
    public void Conversions_allocate_nothing()
    {
        TpdfDither dither = new(1);
        short[] shorts = new short[777];
        int[] integers = new int[777];
        AllocationGate.AssertNone(() =>
        {
            SampleConvert.ToInt16(_source, shorts, ref dither);
            SampleConvert.FromInt16BigEndian(shorts, _destination);
            SampleConvert.ToInt24BigEndian(_source, _bytes, ref dither);
            SampleConvert.FromInt24(_bytes, _destination);
            SampleConvert.ToInt24In32(_source, integers, ref dither);
            SampleConvert.ToInt32BigEndian(_source, integers);
            SampleConvert.FromInt32(integers, _destination);
            SampleConvert.ToUInt8(_source, _bytes);
            SampleConvert.FromUInt8(_bytes, _destination);
            Interleave.ToPlanar(_source, _destination, 2);
            Interleave.FromPlanar(_source, _destination, 2);
        });
    }

    [Test]
    public void Meters_filters_and_delays_allocate_nothing()
    {
        TruePeakMeter meter = new();
        Biquad biquad = new(1);
        DelayLine line = new(1000);
        AllocationGate.AssertNone(() =>
        {
            float sum = Peak.Measure(_source) + Rms.Measure(_source) + meter.Measure(_source);
            _destination[0] = Silence.IsSilent(_source) ? sum : 0;
            biquad.Coefficients = BiquadCoefficients.Peaking(1000, 1, 3, 48000);
            biquad.Process(0, _destination);
            line.Process(_source, _destination, 500);
            line.Process(_source, _destination, 500.5, 600.25);
            biquad.Reset();
            line.Reset();
            meter.Reset();
        });
    }
}
