// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Wire;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>The network thread's side of a receiver: checks, stores and counts packets, and learns from them what the stream's line is and how far behind it to read.</summary>
[RealtimeSafe]
internal sealed class PacketIntake
{
    /// <summary>What came this late is stored all the same: the device may go back for it.</summary>
    public const int RewindFrames = 2048;

    private const int MostPacketFrames = 512;
    private const double MemorySeconds = 15;
    private const int LeastPackets = 8;
    private const long LeastNs = 30_000_000;
    private const long BeginningNs = 2_000_000_000;
    private const double BeginningDiscount = 10;
    private const int FarPackets = 4;
    private const int LatePackets = 8;
    private const long LateNs = 100_000_000;
    private const long TardyNs = 30_000_000;
    private const double TimestampBandwidthHz = 0.3;
    private const double StepNs = 4e5;
    private const double TransitSmoothing = 1.0 / 64;

    private readonly StreamReceiverOptions _options;
    private readonly FrameStore _store;
    private readonly StreamHandover _handover;
    private readonly SequenceTracker _sequence = new();
    private readonly OffsetHistogram _offsets;
    private readonly SenderLine _meshLine;
    private readonly ArrivalFloor _floor;
    private ClockMap _timebase;
    private bool _usesMeshTime;
    private uint _streamId;
    private int _epoch;
    private MeshTime _began;
    private bool _isBeginning;
    private long _newest;
    private int _far;
    private long _farFrame;
    private int _lateRun;
    private MeshTime _lateSince;
    private int _tardyRun;
    private MeshTime _tardySince;
    private int _leastDepth;
    private int _mostDepth;
    private MeshTime _jumpBegan = MeshTime.Unknown;
    private SenderLine _line;
    private double _steppedFrames;
    private MeshTime _steppingSince = MeshTime.Unknown;

    public PacketIntake(StreamReceiverOptions options, FrameStore store, StreamHandover handover)
    {
        (_options, _store, _handover) = (options, store, handover);
        _offsets = new OffsetHistogram(store.Capacity, options.LateSharePerMs * 1000 / options.Rate);
        _meshLine = new SenderLine(options.Rate, TimestampBandwidthHz, StepNs);
        _floor = new ArrivalFloor(options.Rate);
        _line = _floor.Line;
        SetDepth(options.DepthFrames(options.MinDepthMs), options.DepthFrames(options.MaxDepthMs));
        Counts.Set(PacketCount.Transit, long.MinValue);
    }

    public PacketCounts Counts { get; } = new();

    /// <summary>The bounds of the depth. Any thread.</summary>
    [RealtimeSafe]
    public void SetDepth(int least, int most)
    {
        Volatile.Write(ref _leastDepth, least);
        Volatile.Write(ref _mostDepth, most);
    }

    /// <summary>From now on this is how this host's time and mesh time are related, or not.</summary>
    public void UseTimebase(in ClockMap hostToMesh) => _timebase = hostToMesh;

    public void Put(in AudioPacketHeader header, ReadOnlySpan<float> planes, MeshTime arrival)
    {
        int lane = LaneOf(header, planes.Length);
        if (lane < 0)
        {
            Counts.Add(PacketCount.Refused);
            return;
        }

        if (_epoch == 0 || header.StreamId != _streamId)
        {
            _sequence.Restart();
            Begin(header, arrival, ResyncCause.StreamRestarted);
        }

        bool isNew = _sequence.Add(header.Sequence);
        Counts.Set(PacketCount.Lost, _sequence.Lost);
        Counts.Set(PacketCount.Reordered, _sequence.Reordered);
        Counts.Add(isNew ? PacketCount.New : PacketCount.Duplicate);
        if (_handover.Progress(out long read, out long line) == _epoch)
        {
            Store(lane, header, planes, arrival, read, line, isNew);
        }
        else
        {
            Counts.Add(PacketCount.Refused);
        }
    }

    private int LaneOf(in AudioPacketHeader header, int samples) =>
        header.Channels == _options.Channels
        && header.Rate == _options.Rate
        && header.Frames is >= 1 and <= MostPacketFrames
        && header.FirstFrame is >= 0 and < StreamHandover.MostFrame
        && header.FirstChannel >= 0 && header.FirstChannel < header.Channels
        && samples == (long)header.ChannelCount * header.Frames
            ? _store.LaneOf(header.FirstChannel, header.ChannelCount)
            : -1;

    private void Store(int lane, in AudioPacketHeader header, ReadOnlySpan<float> planes, MeshTime arrival, long read, long line, bool isNew)
    {
        long first = header.FirstFrame;
        long oldest = read - RewindFrames;
        long beyond = oldest + _store.Capacity - MostPacketFrames;
        if (first + header.Frames > beyond || first < read - _store.Capacity)
        {
            Far(header, arrival);
            return;
        }

        _far = 0;
        int skip = (int)Math.Clamp(oldest - first, 0, header.Frames);
        int written = _store.Write(lane, _epoch, first, header.Frames, skip, planes);
        bool isLate = first < read;
        if (isLate && isNew)
        {
            Counts.Add(PacketCount.Late);
        }

        if (isNew)
        {
            ForgetJump();
            ForgetBeginning(arrival);
            _offsets.Add(line - first, arrival, MemorySeconds * _options.Rate / header.Frames * _store.Lanes);
            bool isUseless = isLate && first + header.Frames <= read;
            FollowTardiness(arrival, isLate, isUseless);
            FollowLateness(header, arrival, isUseless);
        }

        if (first > _newest && written > 0)
        {
            _newest = first;
            Observe(header, arrival);
        }

        Tell(arrival);
    }

    /// <summary>One packet from nowhere is nothing; some in a row are the stream.</summary>
    private void Far(in AudioPacketHeader header, MeshTime arrival)
    {
        bool goesOn = _far > 0 && Math.Abs(header.FirstFrame - _farFrame) < _store.Capacity;
        _far = goesOn ? _far + 1 : 1;
        _farFrame = header.FirstFrame;
        if (_far >= FarPackets)
        {
            Begin(header, arrival, ResyncCause.PositionJumped);
        }
    }

    /// <summary>Where most come late for a while, by however little, the fastest that are remembered are no measure any more of how deep the depth may be.</summary>
    private void FollowTardiness(MeshTime arrival, bool isLate, bool isUseless)
    {
        _tardySince = _tardyRun == 0 ? arrival : _tardySince;
        _tardyRun = Math.Max(0, _tardyRun + (isLate ? 1 : -1));
        bool isBounded = _offsets.Upper - _offsets.Lower > Volatile.Read(ref _mostDepth);
        if (isBounded && !isUseless && _tardyRun >= LatePackets && arrival - _tardySince >= TardyNs)
        {
            _offsets.Clear();
            _tardyRun = 0;
        }
    }

    private void FollowLateness(in AudioPacketHeader header, MeshTime arrival, bool isUseless)
    {
        if (!isUseless)
        {
            _lateRun = 0;
            return;
        }

        _lateSince = _lateRun++ == 0 ? arrival : _lateSince;
        if (_lateRun >= LatePackets && arrival - _lateSince >= LateNs)
        {
            Begin(header, arrival, ResyncCause.TooLate);
        }
    }

    private void Begin(in AudioPacketHeader header, MeshTime arrival, ResyncCause cause)
    {
        if (_epoch != 0)
        {
            Counts.Add(PacketCount.Resyncs);
            Counts.Set(PacketCount.LastResync, (long)cause);
        }

        _streamId = header.StreamId;
        _epoch = StreamHandover.After(_epoch);
        (_began, _newest, _far, _lateRun, _tardyRun) = (arrival, -1, 0, 0, 0);
        _isBeginning = true;
        _offsets.Clear();
        _meshLine.Restart();
        _floor.Restart();
        _handover.Request(_epoch, header.FirstFrame);
    }

    private void Observe(in AudioPacketHeader header, MeshTime arrival)
    {
        _floor.Observe(header.FirstFrame, arrival);
        _usesMeshTime = _timebase.IsKnown && header.Timestamp.IsKnown && Math.Abs(header.Timestamp.Nanoseconds) <= long.MaxValue / 4;
        Counts.Set(PacketCount.UsesMeshTime, _usesMeshTime ? 1 : 0);
        if (!_usesMeshTime)
        {
            _meshLine.Restart();
            Counts.Set(PacketCount.Transit, long.MinValue);
            return;
        }

        MeshTime sent = new(_timebase.ToSource(header.Timestamp));
        _meshLine.Observe(header.FirstFrame, sent);
        long before = Counts[PacketCount.Transit];
        long transit = arrival - sent;
        Counts.Set(PacketCount.Transit, before == long.MinValue ? transit : before + (long)((transit - before) * TransitSmoothing));
    }

    /// <summary>What begins does so unsteadily.</summary>
    private void ForgetBeginning(MeshTime arrival)
    {
        if (_isBeginning && arrival - _began > BeginningNs)
        {
            _isBeginning = false;
            _offsets.Discount(BeginningDiscount);
        }
    }

    /// <summary>What came while the device stood still was seen against a line that stood still too.</summary>
    private void ForgetJump()
    {
        MeshTime began = _handover.JumpBegan;
        if (began.IsKnown && began != _jumpBegan)
        {
            _jumpBegan = began;
            _offsets.ForgetSince(began);
        }
    }

    /// <summary>Where the sender's device stood still, everything is later by that from then on.</summary>
    private void FollowStep(SenderLine line, MeshTime arrival)
    {
        if (line != _line)
        {
            (_line, _steppedFrames, _steppingSince) = (line, line.SteppedFrames, MeshTime.Unknown);
        }
        else if (line.SteppedFrames != _steppedFrames)
        {
            double later = line.SteppedFrames - _steppedFrames;
            _steppedFrames = line.SteppedFrames;
            if (ComesLater(later, arrival))
            {
                _offsets.ForgetSince(_steppingSince);
                _offsets.Shift((long)Math.Round(later));
            }
        }

        _steppingSince = !line.IsStepping ? MeshTime.Unknown : _steppingSince.IsKnown ? _steppingSince : arrival;
    }

    /// <summary>Not so where mesh time was set: packets are as long on their way as before then only if something else has changed.</summary>
    private bool ComesLater(double frames, MeshTime arrival) =>
        !_usesMeshTime || Math.Abs(arrival - _meshLine.Time - Counts[PacketCount.Transit]) < Math.Abs(frames) / _options.Rate * 0.5e9;

    private void Tell(MeshTime arrival)
    {
        SenderLine line = _usesMeshTime ? _meshLine : _floor.Line;
        FollowStep(line, arrival);
        long least = _offsets.Count > 0 ? _offsets.Lower : 0;
        long upper = _offsets.Count > 0 ? _offsets.Upper : 0;
        long needed = Math.Clamp(upper, least + Volatile.Read(ref _leastDepth), least + Math.Max(Volatile.Read(ref _leastDepth), Volatile.Read(ref _mostDepth)));
        Counts.Set(PacketCount.Least, least);
        Counts.Set(PacketCount.Upper, upper);
        _handover.Estimates.Write(new StreamEstimate(
            _epoch,
            (line.Beginnings << 1) | (_usesMeshTime ? 1 : 0),
            line.Frame,
            line.Time,
            line.NsPerFrame,
            line.SteppedFrames,
            needed,
            least,
            upper > needed,
            _offsets.Count >= LeastPackets && arrival - _began >= LeastNs));
    }
}
