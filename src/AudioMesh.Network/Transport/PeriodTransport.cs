// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Clock;
using AudioMesh.Network.Time;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Transport;

/// <summary>
/// Orders at a mesh time for a transport whose commands take effect at the edges of periods, such as JACK's. To start it is located ahead of time and held, as a slow-sync
/// client may, while the others make ready; it is let go so that it rolls from the last edge before the time asked for, that much before the frame asked for. What it then
/// does is measured, and where it began at another edge it is located again. Stopping takes effect at the next edge; then it is located to where it should have stopped.
/// </summary>
public sealed partial class PeriodTransport : ITransport, IPeriodTransportHandler, IBeatSource
{
    /// <summary>Slow-sync clients have as long as this to be ready; it grows when that was not enough.</summary>
    private const long FirstLeadNs = 40_000_000;

    /// <summary>JACK lets those behind who take longer than 2 s.</summary>
    private const long MostLeadNs = 1_500_000_000;

    private const int SpareCycles = 3;

    private readonly IPeriodTransport _transport;
    private readonly MeshTimebase _timebase;
    private readonly OrderBook _book = new();
    private readonly EventQueue<TransportOutcome> _outcomes = new(256);
    private readonly ReadingBox _box = new(new TransportReading(TransportState.Stopped, 0, MeshTime.Unknown, MeshTime.Unknown, 0, 0, 0, 0));
    private readonly DevicePace _pace;
    private BeatSharing _sharing;
    private TempoMap _tempo = TempoMap.Default;
    private long _leadNs = FirstLeadNs;

    /// <summary>
    /// Begins to follow <paramref name="transport"/>, which it owns from now on. <paramref name="sharing"/> says whether the programs that share it are told the tempo, once there is one. Throws what
    /// running it throws.
    /// </summary>
    public PeriodTransport(IPeriodTransport transport, MeshTimebase timebase, BeatSharing sharing = BeatSharing.Offer)
    {
        _sharing = sharing;
        _transport = transport;
        _timebase = timebase;
        _pace = new DevicePace(transport.Rate);
        transport.Run(this);
    }

    /// <inheritdoc/>
    public string Driver => _transport.Driver;

    /// <inheritdoc/>
    public int Rate => _transport.Rate;

    /// <inheritdoc/>
    public (long Least, long Most) Frames => (0, _transport.MaxFrame);

    /// <inheritdoc/>
    public string LostReason => _transport.LostReason;

    /// <inheritdoc/>
    public long LeastLeadNs => Volatile.Read(ref _leadNs) + (long)((_startLag + SpareCycles + 2) * PeriodNs);

    /// <inheritdoc/>
    public bool SharesBeats => _transport.SharesBeats;

    private double PeriodNs => _transport.PeriodFrames * 1e9 / _transport.Rate;

    /// <inheritdoc/>
    public TransportReading Read() => _box.Read();

    /// <inheritdoc/>
    public TransportRefusal Schedule(TransportOrder order) => OrderRules.Refuse(order, this) is { IsNone: false } refusal ? refusal : _book.Add(order);

    /// <inheritdoc/>
    public bool Cancel(ulong id) => _book.Cancel(id);

    /// <inheritdoc/>
    public bool TryTakeOutcome(out TransportOutcome outcome) => _outcomes.TryPop(out outcome);

    /// <inheritdoc/>
    public void UseTempo(TempoMap tempo)
    {
        Volatile.Write(ref _tempo, tempo);
        _transport.ShareBeats(this, _sharing);
        _sharing = _sharing == BeatSharing.Take ? BeatSharing.Offer : _sharing; // taken once: whoever takes it later is left it
    }

    /// <inheritdoc/>
    [RealtimeSafe]
    public BeatPosition BeatAt(long frame) => Volatile.Read(ref _tempo).At((double)frame / _transport.Rate);

    /// <summary>Lets the transport go; it goes on as it does.</summary>
    public void Dispose() => _transport.Dispose();
}
