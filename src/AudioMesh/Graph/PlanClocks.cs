// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Graph;

/// <summary>
/// How many frames the nodes of each rate render in a block of the device's: up to the last that begins before its end, counted from the engine's first
/// frame, so that every rate keeps time for ever and blocks of whatever length add up alike. Clock 0 is the device's.
/// </summary>
internal sealed class PlanClocks
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly int _deviceRate;
    private readonly int[] _rates;
    private readonly int[] _frames;
    private readonly long[] _positions;
    private readonly long[] _leads;

    /// <summary>
    /// Clocks of <paramref name="rates"/>, the device's first; 0 while no device is open, when it is the only one. For blocks of the device of up to <paramref name="blockFrames"/>.
    /// </summary>
    public PlanClocks(IReadOnlyList<int> rates, int blockFrames)
    {
        _rates = [.. rates];
        _deviceRate = _rates[0];
        _frames = new int[_rates.Length];
        _positions = new long[_rates.Length];
        _leads = new long[_rates.Length];
        long most = blockFrames;
        for (int i = 1; i < _rates.Length; i++)
        {
            most = Math.Min(most, Math.Max(1, (GraphFormat.MaxBlockFrames - 1) * (long)_deviceRate / _rates[i]));
        }

        MostFrames = LongestFrames = (int)most;
        for (int i = 1; i < _rates.Length; i++)
        {
            LongestFrames = Math.Max(LongestFrames, (int)(most * _rates[i] / _deviceRate) + 1);
        }
    }

    /// <summary>The longest block of the device's in which no node is asked for more than <see cref="GraphFormat.MaxBlockFrames"/>.</summary>
    public int MostFrames { get; }

    /// <summary>The longest block that any node is asked for.</summary>
    public int LongestFrames { get; }

    /// <summary>Frames of clock <paramref name="clock"/> in the block. Device thread.</summary>
    [RealtimeSafe]
    public int FramesOf(int clock) => _frames[clock];

    /// <summary>Begins a block. Device thread.</summary>
    [RealtimeSafe]
    public void Begin(in RenderContext context)
    {
        _frames[0] = context.Frames;
        for (int i = 1; i < _rates.Length; i++)
        {
            long begin = At(context.Position.Value, _rates[i], out long rest);
            _positions[i] = begin;
            _frames[i] = (int)(At(context.Position.Value + context.Frames, _rates[i], out _) - begin);
            _leads[i] = rest * NanosecondsPerSecond / _deviceRate / _rates[i];
        }
    }

    /// <summary>What a node of clock <paramref name="clock"/> is told of the block. Device thread.</summary>
    [RealtimeSafe]
    public RenderContext ContextOf(int clock, in RenderContext device) => clock == 0
        ? device
        : new RenderContext(
            _frames[clock],
            new FrameCount(_positions[clock]),
            device.OutputTime.Add(-_leads[clock]),
            device.Device,
            device.Events,
            _rates[clock],
            device.BudgetNs);

    // Whole seconds apart from the rest, so that years do not overflow.
    private long At(long position, int rate, out long rest)
    {
        (long seconds, long within) = Math.DivRem(position, _deviceRate);
        (long frames, rest) = Math.DivRem(within * rate, _deviceRate);
        return (seconds * rate) + frames;
    }
}
