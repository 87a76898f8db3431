// SPDX-License-Identifier: MIT
using System.Numerics;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Hub;

/// <summary>
/// The gains as the mixing thread has them: they move from where they are to where a plan wants them on a straight line over
/// <see cref="RampFrames"/> frames or a period, all together. One thread.
/// </summary>
internal sealed class HubGainRamp(int capacity, int periodFrames)
{
    /// <summary>5 ms at 48 kHz, as everywhere in the engine.</summary>
    public const int RampFrames = 240;

    private readonly int _periods = (RampFrames + periodFrames - 1) / periodFrames;
    private readonly float[] _start = new float[capacity];
    private float[] _from = new float[capacity];
    private float[] _to = new float[capacity];
    private HubPlan? _plan;
    private int _done;
    private int _sources;
    private int _mixes;
    private long _settled;

    public int Sources => _sources;

    public int Mixes => _mixes;

    /// <summary>The last change whose gains are reached. Any thread.</summary>
    public long Settled => Volatile.Read(ref _settled);

    /// <summary>Goes to <paramref name="plan"/> from here on. It must stay as it is until the next one.</summary>
    [RealtimeSafe]
    public void Begin(HubPlan plan)
    {
        // Where it is, in the new shape; what is new begins at silence.
        for (int mix = 0; mix < plan.Mixes; mix++)
        {
            Span<float> row = _start.AsSpan(mix * plan.Sources, plan.Sources);
            int kept = mix < _mixes ? Math.Min(_sources, plan.Sources) : 0;
            _from.AsSpan(Math.Min(mix, Math.Max(_mixes - 1, 0)) * _sources, kept).CopyTo(row);
            row[kept..].Clear();
        }

        (_sources, _mixes, _plan, _done) = (plan.Sources, plan.Mixes, plan, 0);
        _start.AsSpan(0, plan.Length).CopyTo(_from);
    }

    /// <summary>The gains at the begin and the end of this period.</summary>
    [RealtimeSafe]
    public void Advance(out ReadOnlySpan<float> from, out ReadOnlySpan<float> to)
    {
        int length = _sources * _mixes;
        from = _from.AsSpan(0, length);
        to = from;
        if (_plan is not { } plan)
        {
            return;
        }

        _done++;
        if (_done < _periods)
        {
            Blend(_start.AsSpan(0, length), plan.Gains.AsSpan(0, length), (float)_done / _periods, _to.AsSpan(0, length));
        }
        else
        {
            plan.Gains.AsSpan(0, length).CopyTo(_to);
            _plan = null;
        }

        to = _to.AsSpan(0, length);
        (_from, _to) = (_to, _from);
        if (_plan is null)
        {
            Volatile.Write(ref _settled, plan.Change);
        }
    }

    // What does not move must not move by a rounding either: a silent crosspoint stays exactly silent.
    [RealtimeSafe]
    private static void Blend(ReadOnlySpan<float> start, ReadOnlySpan<float> target, float share, Span<float> result)
    {
        int i = 0;
        for (; i <= result.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> first = new(start[i..]);
            (first + ((new Vector<float>(target[i..]) - first) * share)).CopyTo(result[i..]);
        }

        for (; i < result.Length; i++)
        {
            result[i] = start[i] + ((target[i] - start[i]) * share);
        }
    }
}
