// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace AudioMesh.Backends.Tests;

/// <summary>Renders a ramp and keeps notes of every block; allocates nothing on the device thread.</summary>
internal sealed unsafe class Renderer : IRenderCallback
{
    private readonly BlockRecord[] _blocks = new BlockRecord[1 << 16];
    private readonly float[][] _inputs;
    private long _frame;
    private int _count;
    private int _recorded;
    private int _active;
    private int _thread;
    private long _allocatedAtFirst;

    /// <summary>Keeps up to <paramref name="inputFrames"/> frames of <paramref name="inputChannels"/> inputs.</summary>
    public Renderer(int inputChannels = 0, int inputFrames = 0)
    {
        _inputs = new float[inputChannels][];
        for (int channel = 0; channel < inputChannels; channel++)
        {
            _inputs[channel] = GC.AllocateArray<float>(inputFrames, pinned: true);
        }
    }

    /// <summary>How many blocks came.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The ramp's frames rendered.</summary>
    public long Frames => Volatile.Read(ref _frame);

    /// <summary>Blocks before allocations count: what the runtime allocates once per process is not the device's.</summary>
    private const int BlocksToWarmUp = 8;

    /// <summary>The most bytes a device thread allocated between its first and its last block.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>Whether two blocks ever ran at once.</summary>
    public bool Overlapped { get; private set; }

    /// <summary>Set to make the next block take this long.</summary>
    public int StallOnceMs { get; set; }

    /// <summary>Set to make the next block throw.</summary>
    public bool ThrowOnce { get; set; }

    /// <summary>Off: leaves the outputs as they come.</summary>
    public bool WritesRamp { get; set; } = true;

    /// <summary>Whether all output samples came zeroed.</summary>
    public bool OutputsCameSilent { get; private set; } = true;

    /// <summary>What was recorded of the inputs, one array per channel.</summary>
    public float[][] Inputs => Array.ConvertAll(_inputs, channel => channel[..Math.Min(Volatile.Read(ref _recorded), channel.Length)]);

    /// <summary>The notes so far.</summary>
    public BlockRecord[] Blocks => _blocks[..Math.Min(Count, _blocks.Length)];

    public void Render(in DeviceBlock block)
    {
        Overlapped |= Interlocked.Exchange(ref _active, 1) != 0;
        if (ThrowOnce)
        {
            ThrowOnce = false;
            throw new InvalidOperationException("asked to throw");
        }

        if (_count < _blocks.Length)
        {
            _blocks[_count] = new BlockRecord(
                block.Frames, block.OutputChannels, block.InputChannels, block.DeviceFrame, block.PeriodTime, block.WakeTime,
                block.OutputTime, block.InputTime, block.Xruns, block.XrunFrames, block.Freewheeling);
        }

        WriteRamp(in block);
        KeepInputs(in block);
        CountAllocations();
        Stall();
        _frame += block.Frames;
        Volatile.Write(ref _count, _count + 1);
        Volatile.Write(ref _active, 0);
    }

    /// <summary>Waits until so many more blocks came; false when they do not.</summary>
    public bool Await(int blocks)
    {
        int target = Count + blocks;
        return SpinWait.SpinUntil(() => Count >= target, Patience.Ms);
    }

    /// <summary>Waits until so many of the ramp's frames were rendered; false when they do not come.</summary>
    public bool AwaitFrames(long frames) => SpinWait.SpinUntil(() => Frames >= frames, 2 * Patience.Ms);

    private void WriteRamp(in DeviceBlock block)
    {
        for (int channel = 0; channel < block.OutputChannels; channel++)
        {
            float* output = block.Outputs[channel];
            for (int i = 0; i < block.Frames; i++)
            {
                OutputsCameSilent &= output[i] == 0;
                if (WritesRamp)
                {
                    output[i] = Ramp.At(_frame + i, channel, block.OutputChannels);
                }
            }
        }
    }

    private void KeepInputs(in DeviceBlock block)
    {
        for (int channel = 0; channel < Math.Min(_inputs.Length, block.InputChannels); channel++)
        {
            int frames = Math.Min(block.Frames, _inputs[channel].Length - _recorded);
            new Span<float>(block.Inputs[channel], frames).CopyTo(_inputs[channel].AsSpan(_recorded));
        }

        if (_inputs.Length > 0)
        {
            Volatile.Write(ref _recorded, Math.Min(_recorded + block.Frames, _inputs[0].Length));
        }
    }

    private void CountAllocations()
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        if (_thread != Environment.CurrentManagedThreadId || Count < BlocksToWarmUp)
        {
            _thread = Environment.CurrentManagedThreadId;
            _allocatedAtFirst = allocated;
        }

        AllocatedBytes = Math.Max(AllocatedBytes, allocated - _allocatedAtFirst);
    }

    private void Stall()
    {
        if (StallOnceMs == 0)
        {
            return;
        }

        long until = Stopwatch.GetTimestamp() + (StallOnceMs * Stopwatch.Frequency / 1000);
        StallOnceMs = 0;
        while (Stopwatch.GetTimestamp() < until)
        {
            Thread.SpinWait(100);
        }
    }
}
