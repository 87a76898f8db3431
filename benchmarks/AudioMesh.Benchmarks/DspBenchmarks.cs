// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using BenchmarkDotNet.Attributes;

namespace AudioMesh.Benchmarks;

/// <summary>The kernels on one block.</summary>
public class DspBenchmarks
{
    private float[] _source = [];
    private float[] _destination = [];
    private short[] _shorts = [];
    private byte[] _packed = [];
    private Resampler _fixed = null!;
    private Resampler _drifting = null!;

    [Params(64, 512)]
    public int Samples { get; set; }

    /// <summary>Keeps what a kernel measured, so that no compiler can leave it out.</summary>
    public float Measured { get; private set; }

    [GlobalSetup]
    public void SetUp()
    {
        _source = Sound.Make(Samples);
        _destination = Sound.Make(Samples);
        _shorts = new short[Samples];
        _packed = new byte[Samples * 3];
        _fixed = new Resampler(new ResamplerFilter(new ResamplerOptions { FromRate = 44100, ToRate = 48000 }), 1);
        _drifting = new Resampler(
            new ResamplerFilter(new ResamplerOptions { FromRate = 48000, ToRate = 48000, LowestRatio = 0.999, HighestRatio = 1.001 }), 1)
        {
            Ratio = 1.0001,
        };
    }

    [Benchmark]
    public void MixAdd() => Mix.Add(_source, _destination);

    [Benchmark]
    public void MixAddScaled() => Mix.AddScaled(_source, 0.01f, _destination);

    [Benchmark]
    public void GainApply() => Gain.Apply(_destination, 0.999f);

    [Benchmark]
    public void GainRampApply() => GainRamp.Apply(_destination, 0.998f, 0.999f);

    [Benchmark]
    public void GainRampAddRamped() => GainRamp.AddRamped(_source, 0.01f, 0.02f, _destination);

    [Benchmark]
    public void PeakMeasure() => Measured = Peak.Measure(_source);

    [Benchmark]
    public void RmsMeasure() => Measured = Rms.Measure(_source);

    [Benchmark]
    public void InterleaveToPlanar() => Interleave.ToPlanar(_source, _destination, 2);

    [Benchmark]
    public void InterleaveFromPlanar() => Interleave.FromPlanar(_source, _destination, 2);

    [Benchmark]
    public void ToInt16() => SampleConvert.ToInt16(_source, _shorts);

    [Benchmark]
    public void FromInt16() => SampleConvert.FromInt16(_shorts, _destination);

    [Benchmark]
    public void ToInt24() => SampleConvert.ToInt24(_source, _packed);

    [Benchmark]
    public void FromInt24() => SampleConvert.FromInt24(_packed, _destination);

    [Benchmark]
    public void Resample44100To48000() => Measured = _fixed.Process(_source, _destination, out _);

    [Benchmark]
    public void ResampleDrift() => Measured = _drifting.Process(_source, _destination, out _);
}
