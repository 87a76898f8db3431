// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Time;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Stems;

/// <summary>
/// One take being recorded: keeps it in step with the host's clock, and writes down where that stands to mesh time. A block that comes at another time than it should is
/// held until those after it tell a gap from a late wake-up.
/// </summary>
internal sealed class TakeRun : IDisposable
{
    private const int LeastGapFrames = 16;
    private const int ConfirmingBlocks = 8;
    private const int ConfirmsPerSecond = 10;
    private const int MostGapSeconds = 3600;
    private const int Smoothing = 16;

    private readonly TakeWriter _writer;
    private readonly TakePlan _plan;
    private readonly TakePoints _points;
    private readonly List<float> _held = [];
    private readonly int _rate;
    private readonly int _channels;
    private readonly int _gapFrames;
    private readonly int _confirmingFrames;
    private TimebaseReading _timebase;
    private MeshTime _nextHost;
    private MeshTime _heldHost;
    private FrameFlags _heldFlags;
    private long _heldOff;
    private long _pointFrame;
    private long _flushedFrame;
    private long _dropoutFrame = -1;

    public TakeRun(TakeRecorderOptions options, TakePlan plan, in TimebaseReading timebase, MeshTime hostTime, double hostErrorNs)
    {
        _plan = plan;
        _rate = options.Rate;
        _channels = options.Channels;
        _gapFrames = Math.Max(LeastGapFrames, options.PeriodFrames / 2);
        _confirmingFrames = Math.Max(ConfirmingBlocks * options.PeriodFrames, _rate / ConfirmsPerSecond);
        _points = new TakePoints(_rate);
        _timebase = timebase;
        _nextHost = hostTime;
        MeshTime mesh = timebase.Map.ToMesh(hostTime.Nanoseconds);
        First = new TakePoint(0, mesh, ErrorAt(mesh, hostErrorNs));
        _writer = new TakeWriter(options, plan, First, timebase.MeshId);
    }

    public TakePoint First { get; }

    public long Frames => _writer.Frames;

    /// <summary>Frames that never came.</summary>
    public long LostFrames { get; private set; }

    /// <summary>Takes a block; false when the take's time is over. Throws what the disk throws.</summary>
    public bool Take(ReadOnlySpan<float> interleaved, MeshTime hostTime, FrameFlags flags, double hostErrorNs, in TimebaseReading timebase)
    {
        bool isPlaced = Follow(timebase);
        long offNs = hostTime.IsKnown ? hostTime - _nextHost : 0;
        long off = FrameCount.FromNanoseconds(offNs, _rate).Value;
        MeshTime host = _nextHost;
        _nextHost = host.Add(new FrameCount(interleaved.Length / _channels).ToNanoseconds(_rate));
        if (Math.Abs(off) >= _gapFrames)
        {
            return Hold(interleaved, host, flags, off);
        }

        bool goesOn = Release(0);
        _nextHost = _nextHost.Add(offNs / Smoothing);
        if (isPlaced && hostTime.IsKnown && Frames > 0)
        {
            MeshTime mesh = timebase.Map.ToMesh(hostTime.Nanoseconds);
            _points.Add(new TakePoint(Frames, mesh, ErrorAt(mesh, hostErrorNs)));
        }

        return goesOn && Store(interleaved, host, flags);
    }

    /// <summary>Finishes it. Throws what the disk throws.</summary>
    public void Finish()
    {
        Release(0);
        Mark(FrameFlags.None);
        WritePoint();
        _writer.Finish();
    }

    /// <summary>Finishes it as well as the disk allows, where that was not done.</summary>
    public void Dispose() => _writer.Dispose();

    private bool Hold(ReadOnlySpan<float> interleaved, MeshTime host, FrameFlags flags, long off)
    {
        bool goesOn = true;
        if (_held.Count > 0 && Math.Sign(off) != Math.Sign(_heldOff))
        {
            goesOn = Release(0);
        }

        if (_held.Count == 0)
        {
            (_heldHost, _heldOff, _heldFlags) = (host, off, FrameFlags.None);
        }

        _held.AddRange(interleaved);
        _heldFlags |= flags;
        _heldOff = Math.Sign(off) * Math.Min(Math.Abs(off), Math.Abs(_heldOff));
        return goesOn && (_held.Count / _channels < _confirmingFrames || Release(_heldOff));
    }

    // What was lost becomes silence, so that what follows is where it belongs; what comes twice is left out.
    private bool Release(long gap)
    {
        if (_held.Count == 0)
        {
            return true;
        }

        if (gap > (long)MostGapSeconds * _rate)
        {
            throw new AudioMeshException(AudioErrorKind.DeviceLost, $"{_plan.Path}: nothing came for {gap / _rate} s.");
        }

        float[] held = [.. _held];
        _held.Clear();
        int left = 0;
        if (gap != 0)
        {
            Mark(FrameFlags.None);
            _nextHost = _nextHost.Add(new FrameCount(gap).ToNanoseconds(_rate));
        }

        if (gap > 0)
        {
            _writer.Lost(gap);
            LostFrames += gap;
            _heldHost = _heldHost.Add(new FrameCount(gap).ToNanoseconds(_rate));
        }
        else if (gap < 0)
        {
            left = (int)Math.Min(-gap, held.Length / _channels);
            _nextHost = _nextHost.Add(new FrameCount(-gap - left).ToNanoseconds(_rate));
            _writer.Dropout(new TakeDropout(Frames, left, TakeDropoutCause.Overlap));
        }

        return Store(held.AsSpan(left * _channels), _heldHost, _heldFlags);
    }

    private bool Store(ReadOnlySpan<float> interleaved, MeshTime host, FrameFlags flags)
    {
        int frames = interleaved.Length / _channels;
        int wanted = FramesLeft(frames, host);
        Mark(flags);
        _writer.Write(interleaved[..(wanted * _channels)]);
        if (_points.IsFull)
        {
            WritePoint();
        }

        if (Frames - _flushedFrame >= _rate)
        {
            _flushedFrame = Frames;
            _writer.Flush();
        }

        return wanted == frames;
    }

    /// <summary>Whether mesh time is known.</summary>
    private bool Follow(in TimebaseReading timebase)
    {
        if (!timebase.Map.IsKnown || timebase.State == TimebaseState.Acquiring)
        {
            return false;
        }

        if (timebase.Steps != _timebase.Steps || timebase.MeshId != _timebase.MeshId)
        {
            WritePoint();
            long host = _nextHost.Nanoseconds;
            _writer.Step(timebase.Map.ToMesh(host) - _timebase.Map.ToMesh(host), timebase.MeshId);
        }

        _timebase = timebase;
        return true;
    }

    private void WritePoint()
    {
        if (_points.Take() is { } point && point.Frame > _pointFrame)
        {
            _writer.Point(point);
            _pointFrame = point.Frame;
        }
    }

    private int FramesLeft(int frames, MeshTime host)
    {
        MeshTime until = _plan.Until;
        return until.IsKnown
            ? (int)Math.Clamp(FrameCount.FromNanoseconds(until - _timebase.Map.ToMesh(host.Nanoseconds), _rate).Value, 0, frames)
            : frames;
    }

    private void Mark(FrameFlags flags)
    {
        bool isDropout = (flags & (FrameFlags.Dropout | FrameFlags.Predicted)) != 0;
        if (!isDropout && _dropoutFrame >= 0 && Frames > _dropoutFrame)
        {
            _writer.Dropout(new TakeDropout(_dropoutFrame, Frames - _dropoutFrame, TakeDropoutCause.Device));
        }

        _dropoutFrame = !isDropout ? -1 : _dropoutFrame >= 0 ? _dropoutFrame : Frames;
    }

    private double ErrorAt(MeshTime mesh, double hostErrorNs) => Math.Min(TakeLimits.MostErrorNs, hostErrorNs + _timebase.Map.ErrorAt(mesh));
}
