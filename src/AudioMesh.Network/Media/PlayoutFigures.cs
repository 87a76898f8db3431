// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>What the device thread tells of its playout; any thread reads.</summary>
[RealtimeSafe]
internal sealed class PlayoutFigures
{
    private int _state;
    private int _flags;
    private long _played;
    private long _stretched;
    private long _skipped;
    private long _steps;
    private double _depth;
    private double _target;
    private double _ppm;
    private double _error;

    public ReceiverState State => (ReceiverState)Volatile.Read(ref _state);

    public bool IsLocked => (Volatile.Read(ref _flags) & 1) != 0;

    public bool IsExact => (Volatile.Read(ref _flags) & 2) != 0;

    public long PlayedFrames => Volatile.Read(ref _played);

    public long StretchedFrames => Volatile.Read(ref _stretched);

    public long SkippedFrames => Volatile.Read(ref _skipped);

    /// <summary>How often a clock stepped.</summary>
    public long Steps => Volatile.Read(ref _steps);

    public double Depth => Volatile.Read(ref _depth);

    public double Target => Volatile.Read(ref _target);

    public double Ppm => Volatile.Read(ref _ppm);

    public double Error => Volatile.Read(ref _error);

    public void Played(int frames) => Volatile.Write(ref _played, _played + frames);

    public void Stretched(int frames) => Volatile.Write(ref _stretched, _stretched + frames);

    public void Skipped(int frames) => Volatile.Write(ref _skipped, _skipped + frames);

    public void Stepped() => Volatile.Write(ref _steps, _steps + 1);

    public void Tell(ReceiverState state, double depth, double target, DriftLoop drift, bool isExact)
    {
        Volatile.Write(ref _state, (int)state);
        Volatile.Write(ref _flags, (drift.IsLocked ? 1 : 0) | (isExact ? 2 : 0));
        Volatile.Write(ref _depth, depth);
        Volatile.Write(ref _target, target);
        Volatile.Write(ref _ppm, drift.Deviation * 1e6);
        Volatile.Write(ref _error, drift.Error);
    }
}
