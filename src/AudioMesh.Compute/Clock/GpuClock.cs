// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Compute.Clock;

/// <summary>
/// Relates a device's clock to mesh time. Every <see cref="Sample"/> reads both clocks several times over; the readings that most agree on make one
/// observation of a <see cref="ClockEstimator"/>. Sample it once a second or so. One thread.
/// </summary>
/// <remarks>
/// The error bound of <see cref="Map"/> holds as long as in every burst of eight readings at most two are further from the truth than their
/// device said, and as long as the clock neither jumps nor wanders beyond the options. After a jump <see cref="Contradictions"/> rises, and the map starts over
/// with the fifth burst that contradicts it.
/// </remarks>
public sealed class GpuClock
{
    private const int NarrowestCounter = 8;

    private readonly IComputeDevice _device;
    private readonly GpuClockOptions _options;
    private readonly ClockBurst _burst = new();
    private ClockEstimator? _estimator;
    private int _validBits;
    private double _residualSquare;
    private long _observations;

    /// <summary>A clock not yet read. Throws <see cref="AudioErrorKind.InvalidArgument"/> where an option is out of range.</summary>
    public GpuClock(IComputeDevice device, GpuClockOptions? options = null)
    {
        _device = device;
        _options = options ?? new GpuClockOptions();
        _options.ToEstimatorOptions(1e9, 64).Validate();
    }

    /// <summary>
    /// From the device's ticks, counted on beyond its counter's width (<see cref="Unwrap"/>), to mesh time. Not known before the first good sample. Its bound
    /// holds within <see cref="GpuClockOptions.Window"/> of the last one.
    /// </summary>
    public ClockMap Map => _estimator?.Map ?? default;

    /// <summary>Nanoseconds a tick, as the driver says; 0 before the first sample.</summary>
    public double NominalNsPerTick { get; private set; }

    /// <summary>How far the device is ahead of its claim, parts per million.</summary>
    public double Ppm => Map.IsKnown ? ((NominalNsPerTick / Map.Rate) - 1) * 1e6 : 0;

    /// <summary>How far single readings scatter around the map, nanoseconds: root of the mean square over about 16 samples.</summary>
    public double JitterNs => Math.Sqrt(_residualSquare);

    /// <summary>Samples that made an observation.</summary>
    public long Observations => _observations;

    /// <summary>Samples passed over: their readings disagreed among themselves, or with the map.</summary>
    public long Rejected { get; private set; }

    /// <summary>Samples in a row that contradict the map: while this is above zero the clock may have jumped.</summary>
    public int Contradictions { get; private set; }

    /// <summary>How often a jump made the map start over.</summary>
    public int Resets => _estimator?.Resets ?? 0;

    /// <summary>
    /// Reads the clocks. False when the device has no clock, could not read it just now, or the readings were passed over. May take as long as eight
    /// round trips to the device.
    /// </summary>
    public bool Sample()
    {
        _burst.Clear();
        for (int i = 0; i < ClockBurst.Capacity && _device.TrySampleClock(out GpuClockSample reading); i++)
        {
            if (IsOfThisClock(reading))
            {
                _burst.Add(reading);
            }
        }

        if (_burst.Count == 0)
        {
            return false;
        }

        _estimator ??= new ClockEstimator(_options.ToEstimatorOptions(1e9 / NominalNsPerTick, _validBits));
        if (!_burst.TryAgree(Map, NominalNsPerTick, _options.MaxSkewPpm * 1e-6, out GpuClockSample agreed))
        {
            Rejected++;
            return false;
        }

        return Observe(_estimator, agreed);
    }

    /// <summary>
    /// Counts a reading of the device's counter on beyond its width: the ticks that <see cref="Map"/> takes. <paramref name="near"/> is when it was read,
    /// known to half a wrap. Throws <see cref="AudioErrorKind.InvalidState"/> before the first good sample.
    /// </summary>
    public long Unwrap(ulong ticks, MeshTime near) => Known().Unwrap(ticks, near);

    /// <summary>
    /// The map as it stands, written down for others. Throws <see cref="AudioErrorKind.InvalidState"/> before the first good sample, and
    /// <see cref="AudioErrorKind.InvalidArgument"/> where a name is not one (<see cref="SyncCalibrationBlock"/>).
    /// </summary>
    public SyncCalibrationBlock ToBlock(string sessionId, string origin)
    {
        _ = Known();
        return SyncCalibrationBlock.Of(Map, NominalNsPerTick, sessionId, origin);
    }

    private ClockEstimator Known() => _estimator is { Map.IsKnown: true } estimator
        ? estimator
        : throw new AudioMeshException(AudioErrorKind.InvalidState, $"The clock of {_device.Info.Name} has not been sampled yet.");

    private bool IsOfThisClock(in GpuClockSample reading)
    {
        bool isSane = reading.ErrorNs >= 0 && reading.MeshTime.IsKnown && reading.ValidBits is >= NarrowestCounter and <= 64
            && reading.NsPerTick is >= ClockMap.MinRate * 10 and <= 1e8;
        if (isSane && NominalNsPerTick == 0)
        {
            (NominalNsPerTick, _validBits) = (reading.NsPerTick, reading.ValidBits);
        }

        return isSane && reading.NsPerTick == NominalNsPerTick && reading.ValidBits == _validBits;
    }

    private bool Observe(ClockEstimator estimator, in GpuClockSample agreed)
    {
        int resets = estimator.Resets;
        if (!estimator.Observe(agreed.GpuTicks, agreed.MeshTime, agreed.ErrorNs))
        {
            Rejected++;
            Contradictions++;
            return false;
        }

        Contradictions = 0;
        _residualSquare = estimator.Resets > resets || _observations == 0 ? MeanSquareResidual() : _residualSquare + ((MeanSquareResidual() - _residualSquare) / 16);
        _observations++;
        return true;
    }

    private double MeanSquareResidual()
    {
        double sum = 0;
        int count = 0;
        foreach (ref readonly GpuClockSample reading in _burst.Readings)
        {
            double residual = Map.ToMesh(Unwrap(reading.GpuTicks, reading.MeshTime)) - reading.MeshTime;
            bool isLie = Math.Abs(residual) > reading.ErrorNs + NominalNsPerTick + Map.ErrorAt(reading.MeshTime);
            sum += isLie ? 0 : residual * residual;
            count += isLie ? 0 : 1;
        }

        return sum / Math.Max(count, 1);
    }
}
