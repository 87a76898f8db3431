// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Clock;
using AudioMesh.Network.Time;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Transport;

/// <summary>
/// The transport of an engine: says for every frame of every block which transport frame it carries, and starts, stops and locates between two frames. Give it to
/// <see cref="Engine.AudioEngineOptions.BlockClock"/>; nodes ask it for <see cref="Spans"/> while they render. Between orders it counts the device's frames, or follows mesh time.
/// </summary>
public sealed class TransportClock : ITransport, IBlockClock
{
    /// <summary>More changes than these in one block are made in the next one.</summary>
    private const int MostSpans = 8;

    private readonly MeshTimebase _timebase;
    private readonly OrderBook _book = new();
    private readonly EventQueue<TransportOutcome> _outcomes = new(256);
    private readonly ReadingBox _box = new(new TransportReading(TransportState.Stopped, 0, MeshTime.Unknown, MeshTime.Unknown, 0, 0, 0, 0));
    private readonly TransportSpan[] _spans = new TransportSpan[MostSpans];
    private readonly TransportPace? _pace;
    private int _spanCount;
    private long _frame;
    private bool _isRolling;
    private long _nextPosition = -1;
    private MeshTime _nextOutput = MeshTime.Unknown;
    private long _gaps;
    private int _rate;

    /// <summary>
    /// A transport that stands at frame 0, by the mesh time of <paramref name="timebase"/>. Where it <paramref name="followsMesh"/>, it keeps to the order by which it rolls for as long as it does,
    /// whatever the device's clock: a frame of the device is then not quite a frame of the transport, and what <see cref="ClipNode"/> plays is resampled.
    /// </summary>
    public TransportClock(MeshTimebase timebase, bool followsMesh = false)
    {
        _timebase = timebase;
        _pace = followsMesh ? new TransportPace() : null;
    }

    /// <inheritdoc/>
    public string Driver => "engine";

    /// <inheritdoc/>
    public int Rate => Volatile.Read(ref _rate);

    /// <inheritdoc/>
    public (long Least, long Most) Frames => (-(1L << 48), 1L << 48);

    /// <inheritdoc/>
    public string LostReason => "";

    /// <inheritdoc/>
    public long LeastLeadNs => 20_000_000 + (long)(2 * _box.Read().BlockFrames * 1e9 / Math.Max(1, Rate));

    /// <summary>False: it is shared with no other program.</summary>
    public bool SharesBeats => false;

    /// <summary>The parts of the block being rendered, in order and without a gap. Device thread, while it renders.</summary>
    [RealtimeSafe]
    public ReadOnlySpan<TransportSpan> Spans => new(_spans, 0, _spanCount);

    /// <inheritdoc/>
    public TransportReading Read() => _box.Read();

    /// <inheritdoc/>
    public TransportRefusal Schedule(TransportOrder order) => OrderRules.Refuse(order, this) is { IsNone: false } refusal ? refusal : _book.Add(order);

    /// <inheritdoc/>
    public bool Cancel(ulong id) => _book.Cancel(id);

    /// <inheritdoc/>
    public bool TryTakeOutcome(out TransportOutcome outcome) => _outcomes.TryPop(out outcome);

    /// <summary>Nothing: the tempo is nobody's but the click's.</summary>
    public void UseTempo(TempoMap tempo)
    {
    }

    /// <inheritdoc/>
    [RealtimeSafe]
    public void Begin(FrameCount position, int frames, MeshTime outputTime, int rate)
    {
        TimebaseReading time = _timebase.Read();
        ClockMap map = time.Map;
        Block block = new(map.ToMesh(outputTime.Nanoseconds), 1e9 / rate * map.Rate, map.ErrorAt(map.ToMesh(outputTime.Nanoseconds)));
        WatchGaps(position, frames, outputTime, rate);
        bool follows = _isRolling && _pace is not null && _pace.Follow(block.Start, frames, rate, time.MeshId);
        (long first, double part) = follows ? (_pace!.Frame, _pace.Part) : (_frame, 0);
        _frame = first;
        TransportState state = _isRolling ? TransportState.Rolling : TransportState.Stopped;
        _spanCount = 0;
        int done = 0;
        while (_spanCount < MostSpans - 1 && _book.Next() is { } pending && block.OffsetOf(pending.Order.At) < frames)
        {
            int offset = (int)Math.Max(done, block.OffsetOf(pending.Order.At));
            if (pending.TryTake())
            {
                Append(done, offset - done);
                done = offset;
                Execute(pending.Order, block, offset, rate, time.MeshId);
            }
        }

        Append(done, frames - done);
        Volatile.Write(ref _rate, rate);
        _box.Write(new TransportReading(
            state, first, block.Start.Add(-(long)Math.Round(part * block.NsPerFrame)), outputTime, block.NsPerFrame, block.BoundNs, frames, _gaps));
    }

    /// <summary>Nothing: it holds nothing.</summary>
    public void Dispose()
    {
    }

    [RealtimeSafe]
    private void WatchGaps(FrameCount position, int frames, MeshTime outputTime, int rate)
    {
        const long SlackNs = 2_000_000;
        bool isNext = position.Value == _nextPosition && _nextOutput.IsKnown;
        _gaps += isNext && outputTime - _nextOutput > SlackNs ? 1 : 0;
        _nextPosition = position.Value + frames;
        _nextOutput = outputTime.Add(new FrameCount(frames).ToNanoseconds(rate));
    }

    [RealtimeSafe]
    private void Append(int offset, int frames)
    {
        if (frames > 0 && _isRolling && _pace is { IsOnLine: true } pace)
        {
            _spans[_spanCount++] = new TransportSpan(offset, frames, pace.Frame, true, pace.Part, pace.Advance(frames));
            _frame = pace.Frame;
        }
        else if (frames > 0)
        {
            _spans[_spanCount++] = new TransportSpan(offset, frames, _frame, _isRolling);
            _frame += _isRolling ? frames : 0;
        }
    }

    [RealtimeSafe]
    private void Execute(TransportOrder order, in Block block, int offset, int rate, ulong meshId)
    {
        MeshTime time = block.TimeOf(offset);
        double late = (time - order.At) / block.NsPerFrame;
        long missed = late > 0.5 ? (long)Math.Round(late) : 0;
        bool wasRolling = _isRolling;
        bool isIdle = order.Action switch
        {
            TransportAction.Start => wasRolling && order.Frame is null,
            TransportAction.Stop => !wasRolling,
            _ => false,
        };
        long asked = order.Frame ?? (_frame - (order.Action == TransportAction.Stop && !isIdle ? missed : 0));
        if (!isIdle)
        {
            _isRolling = order.Action is TransportAction.Start or TransportAction.LocateStart || (order.Action == TransportAction.Locate && wasRolling);
            _frame = asked + (_isRolling ? missed : 0);
            _pace?.Begin(_frame, order.At, asked, rate, meshId);
        }

        double error = isIdle ? 0 : _frame - asked - (_isRolling ? late : 0);
        TransportResult result = isIdle ? TransportResult.Idle : missed > 0 ? TransportResult.Late : TransportResult.Done;
        long extra = order.Action == TransportAction.Stop ? missed : 0;
        _outcomes.TryPush(new TransportOutcome(
            order.Id, order.Action, result, order.At, asked, time, _frame, error, block.BoundNs, _isRolling ? missed : 0, extra, 0));
    }

    /// <summary>A block in mesh time.</summary>
    private readonly record struct Block(MeshTime Start, double NsPerFrame, double BoundNs)
    {
        /// <summary>The frame nearest to a time; far before it and behind it, some number that is, too.</summary>
        [RealtimeSafe]
        public long OffsetOf(MeshTime time) => (long)Math.Round((time - Start) / NsPerFrame);

        [RealtimeSafe]
        public MeshTime TimeOf(int offset) => Start.Add((long)Math.Round(offset * NsPerFrame));
    }
}
