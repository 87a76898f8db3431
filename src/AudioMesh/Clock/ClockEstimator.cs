// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Clock;

/// <summary>
/// Finds the <see cref="ClockMap"/> of a source clock from readings of both clocks, each with an uncertainty that is known to hold (half a
/// round trip, the deviation a driver reports). The line is a weighted least-squares fit; its error bound does not rest on
/// statistics but on the set of all lines that pass through every reading's interval. A reading that leaves none is an outlier and is
/// passed over; five in a row mean that a clock has jumped, and the estimate starts over. One thread.
/// </summary>
public sealed class ClockEstimator
{
    /// <summary>The window is cut into this many slots, of each of which the surest reading counts.</summary>
    private const int Slots = 64;

    private const int RejectionsUntilReset = 5;

    private readonly long _windowNs;
    private readonly ulong _counterMask;
    private readonly int _unusedBits;
    private readonly double _nominalNs;
    private readonly FeasibleLine _line;
    private readonly Reading[] _readings = new Reading[Slots + 1];
    private int _count;
    private int _rejections;
    private ClockMap _map;

    /// <summary>Knows nothing yet but <paramref name="options"/>. Throws InvalidArgument when they are out of range.</summary>
    public ClockEstimator(ClockEstimatorOptions options)
    {
        options.Validate();
        _windowNs = options.WindowNs;
        _unusedBits = 64 - options.CounterBits;
        _counterMask = ulong.MaxValue >> _unusedBits;
        _nominalNs = 1e9 / options.NominalHz;
        _line = new FeasibleLine(Slots + 1, options.MaxSkewPpm * 1e-6, options.MaxWanderPpbPerSecond * 1e-18, options.WindowNs);
    }

    /// <summary>
    /// The present estimate, from unwrapped ticks (see <see cref="Unwrap"/>) to mesh time; not known before the first reading. Its error bound
    /// holds within one window of the last reading, either way, as long as the uncertainties and the options do.
    /// </summary>
    public ClockMap Map => _map;

    /// <summary>How often a jump of one of the clocks made the estimate start over.</summary>
    public int Resets { get; private set; }

    /// <summary>Readings that fitted no line.</summary>
    public long Rejected { get; private set; }

    /// <summary>
    /// Takes one reading: at mesh time <paramref name="mesh"/>, give or take <paramref name="uncertaintyNs"/>, the source's counter stood at
    /// <paramref name="counter"/>. False when it was passed over as an outlier.
    /// </summary>
    [RealtimeSafe]
    public bool Observe(ulong counter, MeshTime mesh, long uncertaintyNs)
    {
        // The counter shows the last tick gone by, up to one tick before the moment it was read.
        double uncertainty = Math.Max(0, uncertaintyNs) + _nominalNs;
        Reading reading = new(Unwrap(counter, mesh), mesh.Nanoseconds, uncertainty);
        if (TryInclude(reading))
        {
            _rejections = 0;
            return true;
        }

        Rejected++;
        if (++_rejections < RejectionsUntilReset)
        {
            return false;
        }

        Resets++;
        _rejections = 0;
        _count = 0;
        return TryInclude(reading);
    }

    /// <summary>
    /// The ticks of a source counter that wraps around, counted on without a break: of all numbers that show as <paramref name="counter"/> the one
    /// the source is nearest to at mesh time <paramref name="near"/>, which must be known to half a wrap.
    /// </summary>
    [RealtimeSafe]
    public long Unwrap(ulong counter, MeshTime near)
    {
        if (!_map.IsKnown)
        {
            return (long)(counter & _counterMask);
        }

        long expected = _map.ToSource(near);
        long ahead = (long)((counter - (ulong)expected) << _unusedBits) >> _unusedBits;
        return expected + ahead;
    }

    private bool TryInclude(Reading reading)
    {
        if (_count > 0 && reading.Mesh < _readings[_count - 1].Mesh)
        {
            return false;
        }

        Reading replaced = default;
        bool sameSlot = _count > 0 && SlotOf(reading) == SlotOf(_readings[_count - 1]);
        int place = sameSlot ? _count - 1 : _count;
        if (sameSlot)
        {
            replaced = _readings[place];
        }

        int countBefore = _count;
        _readings[place] = reading;
        _count = place + 1;
        if (!TryFit(out ClockMap map))
        {
            _readings[place] = replaced;
            _count = countBefore;
            return false;
        }

        if (sameSlot && replaced.Uncertainty < reading.Uncertainty)
        {
            _readings[place] = replaced;
            return true;
        }

        _map = map;
        DropOld();
        return true;
    }

    private bool TryFit(out ClockMap map)
    {
        Reading origin = _readings[_count - 1];
        for (int i = 0; i < _count; i++)
        {
            Reading reading = _readings[i];
            double x = (reading.Source - origin.Source) * _nominalNs;
            _line.Set(i, x, reading.Mesh - origin.Mesh - x, reading.Uncertainty);
        }

        if (!_line.TryFit(_count))
        {
            map = default;
            return false;
        }

        MeshTime mesh = new(origin.Mesh + (long)Math.Round(_line.Offset));
        map = new ClockMap(origin.Source, mesh, _nominalNs * (1 + _line.Slope), _line.OffsetError, _line.SlopeError);
        return true;
    }

    private void DropOld()
    {
        int old = 0;
        while (old < _count - 1 && (_readings[_count - 1].Mesh - _readings[old].Mesh > _windowNs || _count - old > Slots))
        {
            old++;
        }

        Array.Copy(_readings, old, _readings, 0, _count - old);
        _count -= old;
    }

    private long SlotOf(Reading reading) => reading.Mesh / (_windowNs / Slots);

    private readonly record struct Reading(long Source, long Mesh, double Uncertainty);
}
