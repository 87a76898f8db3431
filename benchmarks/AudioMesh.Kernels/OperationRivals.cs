// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using AudioMesh.Dsp;

namespace AudioMesh.Kernels;

/// <summary>
/// All operations on blocks of one length. When results are compared, ours and C's have memory of their own, filled alike; when times are,
/// both work on the same: where a block lies is up to a tenth of a loop's time.
/// </summary>
internal sealed unsafe class OperationRivals : IDisposable
{
    private const double Bar = 0.95;
    private readonly CLibrary _c;
    private readonly int _count;
    private readonly Block<float> _source;
    private readonly Block<float> _ours;
    private readonly Block<float> _theirs;
    private readonly Block<byte> _ourBytes;
    private readonly Block<byte> _theirBytes;
    private readonly Block<double> _state = new(2);
    private readonly Block<double> _filter = new(5);
    private readonly Block<float> _taps = new(48);
    private readonly TruePeakMeter _meter = new();
    private readonly Biquad _biquad = new(1);
    private float _ourNumber;
    private float _theirNumber;

    public OperationRivals(CLibrary c, int count)
    {
        (_c, _count) = (c, count);
        (_source, _ours, _theirs) = (new(count + 16), new(count, 2), new(count, 4));
        (_ourBytes, _theirBytes) = (new(4 * count, 6), new(4 * count, 7));
        Random random = new(1);
        foreach (ref float sample in _source.Span)
        {
            sample = (float)((random.NextDouble() * 2) - 1);
        }

        _source.Span[..16].Clear();
        BiquadCoefficients filter = BiquadCoefficients.Peaking(1000, 1, 0, 48000);
        _biquad.Coefficients = filter;
        ((ReadOnlySpan<double>)[filter.B0, filter.B1, filter.B2, filter.A1, filter.A2]).CopyTo(_filter.Span);
        PhaseTaps.Fill(_taps.Span);
    }

    /// <summary>From now on all rivals write to the same memory.</summary>
    public bool IsShared { get; set; }

    private float* Theirs => IsShared ? _ours.Pointer : _theirs.Pointer;

    private byte* TheirBytes => IsShared ? _ourBytes.Pointer : _theirBytes.Pointer;

    private float* Source => _source.Pointer + 16;

    private ReadOnlySpan<float> From => new(Source, _count);

    private Span<short> OurShorts => MemoryMarshal.Cast<byte, short>(_ourBytes.Span)[.._count];

    private Span<int> OurIntegers => MemoryMarshal.Cast<byte, int>(_ourBytes.Span);

    public IEnumerable<Rivals> All() => [.. Sums(), .. Ramps(), .. Encodings(), .. Decodings(), .. Others()];

    private IEnumerable<Rivals> Sums()
    {
        var add = (delegate* unmanaged[SuppressGCTransition]<float*, float*, long, void>)_c["mix_add"];
        var addScaled = (delegate* unmanaged[SuppressGCTransition]<float*, float, float*, long, void>)_c["mix_add_scaled"];
        var gain = (delegate* unmanaged[SuppressGCTransition]<float*, float, long, void>)_c["gain_apply"];
        return
        [
            Floats("mix-add", () => Mix.Add(From, _ours.Span), () => add(Source, Theirs, _count),
                () => TensorPrimitives.Add(From, _ours.Span, _ours.Span), Bar),
            Floats("mix-add scaled", () => Mix.AddScaled(From, 0.3f, _ours.Span), () => addScaled(Source, 0.3f, Theirs, _count),
                () => TensorPrimitives.MultiplyAdd(From, 0.3f, _ours.Span, _ours.Span), Bar),
            Floats("gain", () => Gain.Apply(_ours.Span, 0.99999f), () => gain(Theirs, 0.99999f, _count),
                () => TensorPrimitives.Multiply(_ours.Span, 0.99999f, _ours.Span), Bar),
        ];
    }

    private IEnumerable<Rivals> Ramps()
    {
        var ramp = (delegate* unmanaged[SuppressGCTransition]<float*, float, float, long, void>)_c["gain_ramp"];
        var addRamped = (delegate* unmanaged[SuppressGCTransition]<float*, float, float, float*, long, void>)_c["add_ramped"];
        var power = (delegate* unmanaged[SuppressGCTransition]<float*, float, float, long, void>)_c["power_ramp"];
        return
        [
            Floats("gain ramp", () => GainRamp.Apply(_ours.Span, 0.9999f, 0.99999f), () => ramp(Theirs, 0.9999f, 0.99999f, _count)),
            Floats("mix-add ramped", () => GainRamp.AddRamped(From, 0.1f, 0.2f, _ours.Span), () => addRamped(Source, 0.1f, 0.2f, Theirs, _count)),
            Floats("power ramp", () => PowerRamp.Apply(_ours.Span, 0.9999f, 0.99999f), () => power(Theirs, 0.9999f, 0.99999f, _count)),
        ];
    }

    private IEnumerable<Rivals> Encodings()
    {
        var to16 = (delegate* unmanaged[SuppressGCTransition]<float*, byte*, long, void>)_c["to_int16"];
        var to16Big = (delegate* unmanaged[SuppressGCTransition]<float*, byte*, long, void>)_c["to_int16_big_endian"];
        var to16Dithered = (delegate* unmanaged[SuppressGCTransition]<float*, byte*, long, uint, void>)_c["to_int16_dithered"];
        var to24 = (delegate* unmanaged[SuppressGCTransition]<float*, byte*, long, void>)_c["to_int24"];
        var to24In32 = (delegate* unmanaged[SuppressGCTransition]<float*, byte*, long, void>)_c["to_int24_in_32"];
        var to32 = (delegate* unmanaged[SuppressGCTransition]<float*, byte*, long, void>)_c["to_int32"];
        return
        [
            Bytes("float to s16", () => SampleConvert.ToInt16(From, OurShorts), () => to16(Source, TheirBytes, _count)),
            Bytes("float to s16, big endian", () => SampleConvert.ToInt16BigEndian(From, OurShorts), () => to16Big(Source, TheirBytes, _count)),
            Bytes("float to s16, dithered", Dithered, () => to16Dithered(Source, TheirBytes, _count, 7)),
            Bytes("float to s24", () => SampleConvert.ToInt24(From, _ourBytes.Span), () => to24(Source, TheirBytes, _count)),
            Bytes("float to s24 in 32", () => SampleConvert.ToInt24In32(From, OurIntegers), () => to24In32(Source, TheirBytes, _count)),
            Bytes("float to s32", () => SampleConvert.ToInt32(From, OurIntegers), () => to32(Source, TheirBytes, _count)),
        ];
    }

    private IEnumerable<Rivals> Decodings()
    {
        var from16 = (delegate* unmanaged[SuppressGCTransition]<byte*, float*, long, void>)_c["from_int16"];
        var from24 = (delegate* unmanaged[SuppressGCTransition]<byte*, float*, long, void>)_c["from_int24"];
        var from32 = (delegate* unmanaged[SuppressGCTransition]<byte*, float*, long, void>)_c["from_int32"];
        return
        [
            Floats("s16 to float", () => SampleConvert.FromInt16(OurShorts, _ours.Span), () => from16(_ourBytes.Pointer, Theirs, _count), null, Bar),
            Floats("s24 to float", () => SampleConvert.FromInt24(_ourBytes.Span[..(3 * _count)], _ours.Span), () => from24(_ourBytes.Pointer, Theirs, _count), null, Bar),
            Floats("s32 to float", () => SampleConvert.FromInt32(OurIntegers, _ours.Span), () => from32(_ourBytes.Pointer, Theirs, _count), null, Bar),
        ];
    }

    private IEnumerable<Rivals> Others()
    {
        var split = (delegate* unmanaged[SuppressGCTransition]<float*, float*, long, void>)_c["split_stereo"];
        var join = (delegate* unmanaged[SuppressGCTransition]<float*, float*, long, void>)_c["join_stereo"];
        var peak = (delegate* unmanaged[SuppressGCTransition]<float*, long, float>)_c["peak"];
        var rms = (delegate* unmanaged[SuppressGCTransition]<float*, long, float>)_c["rms"];
        var truePeak = (delegate* unmanaged[SuppressGCTransition]<float*, float*, long, float>)_c["true_peak"];
        var biquad = (delegate* unmanaged[SuppressGCTransition]<float*, double*, double*, long, void>)_c["biquad"];
        return
        [
            Floats("stereo to planar", () => Interleave.ToPlanar(From, _ours.Span, 2), () => split(Source, Theirs, _count / 2)),
            Floats("planar to stereo", () => Interleave.FromPlanar(From, _ours.Span, 2), () => join(Source, Theirs, _count / 2)),
            Number("peak", () => _ourNumber = Peak.Measure(From), () => _theirNumber = peak(Source, _count),
                () => _ourNumber = Math.Abs(TensorPrimitives.MaxMagnitude(From))),
            Number("RMS", () => _ourNumber = Rms.Measure(From), () => _theirNumber = rms(Source, _count),
                () => _ourNumber = TensorPrimitives.Norm(From) / MathF.Sqrt(_count)),
            Number("true peak", MeasureTruePeak, () => _theirNumber = truePeak(Source, _taps.Pointer, _count), null),
            Floats("biquad, one channel", () => _biquad.Process(0, _ours.Span), () => biquad(Theirs, _filter.Pointer, _state.Pointer, _count)),
        ];
    }

    private void Dithered()
    {
        TpdfDither dither = new(7);
        SampleConvert.ToInt16(From, OurShorts, ref dither);
    }

    private void MeasureTruePeak()
    {
        _meter.Reset();
        _ourNumber = _meter.Measure(From);
    }

    private Rivals Floats(string name, Action ours, Action c, Action? tensors = null, double? bar = null) => new(name, ours, c, tensors, () =>
    {
        From.CopyTo(_ours.Span);
        From.CopyTo(_theirs.Span);
        _state.Span.Clear();
        _biquad.Reset();
        ours();
        c();
        return MemoryMarshal.AsBytes(_ours.Span).SequenceEqual(MemoryMarshal.AsBytes(_theirs.Span));
    }, bar);

    private Rivals Bytes(string name, Action ours, Action c) => new(name, ours, c, null, () =>
    {
        ours();
        c();
        return _ourBytes.Span.SequenceEqual(_theirBytes.Span);
    }, Bar);

    private Rivals Number(string name, Action ours, Action c, Action? tensors) => new(name, ours, c, tensors, () =>
    {
        ours();
        c();
        return _ourNumber == _theirNumber;
    });

    public void Dispose()
    {
        foreach (IDisposable block in (IDisposable[])[_source, _ours, _theirs, _ourBytes, _theirBytes, _state, _filter, _taps])
        {
            block.Dispose();
        }
    }
}
