// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Compute.Clock;

/// <summary>
/// A few readings taken one right after the other, and what they agree on. Each bounds the mesh time of the first one's tick; the truth is in the intervals
/// of all that do not lie. With at most a third of them lying it is between the outermost points that the rest have in common
/// (K. Marzullo, "Maintaining the time in a distributed system", 1984).
/// </summary>
internal sealed class ClockBurst
{
    public const int Capacity = 8;

    private const double RoundingNs = 1;

    private readonly GpuClockSample[] _readings = new GpuClockSample[Capacity];
    private readonly double[] _low = new double[Capacity];
    private readonly double[] _high = new double[Capacity];

    public int Count { get; private set; }

    public ReadOnlySpan<GpuClockSample> Readings => _readings.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Add(in GpuClockSample reading) => _readings[Count++] = reading;

    /// <summary>One reading that stands for all, at the first one's tick; false when too many contradict each other.</summary>
    public bool TryAgree(in ClockMap map, double nominalNsPerTick, double maxSkew, out GpuClockSample agreed)
    {
        GpuClockSample first = _readings[0];
        BoundFirst(map.IsKnown ? map.Rate : nominalNsPerTick, map.IsKnown ? map.RateError : maxSkew);
        int honest = Count - ((Count - 1) / 3);
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int i = 0; i < Count; i++)
        {
            low = Covering(_low[i]) >= honest ? Math.Min(low, _low[i]) : low;
            high = Covering(_high[i]) >= honest ? Math.Max(high, _high[i]) : high;
        }

        if (low > high)
        {
            agreed = default;
            return false;
        }

        long middle = (long)Math.Round((low + high) / 2);
        agreed = first with { MeshTime = first.MeshTime.Add(middle), ErrorNs = (long)Math.Ceiling(((high - low) / 2) + RoundingNs) };
        return true;
    }

    /// <summary>Intervals of the mesh time at the first reading's tick, relative to what that reading says.</summary>
    private void BoundFirst(double nsPerTick, double rateError)
    {
        GpuClockSample first = _readings[0];
        int unused = 64 - first.ValidBits;
        for (int i = 0; i < Count; i++)
        {
            GpuClockSample reading = _readings[i];
            long ticks = (long)((reading.GpuTicks - first.GpuTicks) << unused) >> unused;
            double since = ticks * nsPerTick;
            double at = reading.MeshTime - first.MeshTime - since;

            // Either counter shows the last tick gone by.
            double slack = reading.ErrorNs + (i == 0 ? 0 : nsPerTick) + (Math.Abs(since) * rateError);
            (_low[i], _high[i]) = (at - slack, at + slack);
        }
    }

    private int Covering(double point)
    {
        int count = 0;
        for (int i = 0; i < Count; i++)
        {
            count += point >= _low[i] && point <= _high[i] ? 1 : 0;
        }

        return count;
    }
}
