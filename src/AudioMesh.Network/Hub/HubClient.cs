// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text.Json;
using AudioMesh.Clock;
using AudioMesh.Network.Session;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Hub;

/// <summary>
/// A hub's client in a session: finds the hub, asks it for a seat until it has one and again when the hub comes back, sends it one stream and hears its mix. Levels are wishes: they
/// are asked for until the hub has them, and again for whoever comes later. Any thread; <see cref="Maintain"/> on one.
/// </summary>
public sealed partial class HubClient : IControlHandler, IDisposable
{
    private const int MostEvents = 64;
    private const int Goodbyes = 3;

    private readonly Lock _gate = new();
    private readonly HubClientOptions _options;
    private readonly ToastSession _session;
    private readonly HubInbox _inbox = new();
    private readonly Queue<HubClientEvent> _events = new();
    private readonly Dictionary<string, HubLevel> _wanted = [];
    private OutgoingStream? _outgoing;
    private IncomingStream? _mix;
    private ulong _hubId;
    private string _hubName = "";
    private int _sequence;
    private bool _isDisposed;

    /// <summary>A client that has not joined yet; takes the session's control messages. Throws InvalidArgument.</summary>
    public HubClient(HubClientOptions options, ToastSession session)
    {
        HubStreamJson.Check(
            options.Name.Length > 0 && System.Text.Encoding.UTF8.GetByteCount(options.Name) <= WireText.MostBytes && !options.Name.Any(char.IsControl),
            "name", "1 to 63 bytes, none of them control characters");
        HubStreamJson.Check(options.SendChannels is >= 0 and <= AudioBody.MostChannels, nameof(options.SendChannels), "0..64");
        HubStreamJson.Check(options.MixChannels is >= 0 and <= AudioBody.MostChannels, nameof(options.MixChannels), "0..64");
        HubStreamJson.Check(options.SendChannels + options.MixChannels > 0, nameof(options.MixChannels), "a stream, a mix or both");
        (_options, _session) = (options, session);
        session.Control = this;
    }

    /// <summary>Channels that it sends.</summary>
    public int SendChannels => _options.SendChannels;

    /// <summary>The mix, once <see cref="Listen"/> was called.</summary>
    public IncomingStream? Mix => Volatile.Read(ref _mix);

    /// <summary>How it stands.</summary>
    public HubClientState State { get; private set; }

    /// <summary>Why the hub gave it no seat; empty where it did.</summary>
    public string Refusal { get; private set; } = "";

    /// <summary>The member that is the hub; 0 before it is known.</summary>
    public ulong HubId => Volatile.Read(ref _hubId);

    /// <summary>Its number in the hub, which others know it by; 0 before it has a seat.</summary>
    public int Id { get; private set; }

    /// <summary>Frames a second that the hub mixes at; 0 before it has a seat.</summary>
    public int HubRate { get; private set; }

    /// <summary>Frames of the hub's period; 0 before it has a seat.</summary>
    public int HubPeriodFrames { get; private set; }

    /// <summary>Everybody in the hub who can be heard, itself included, as last told.</summary>
    public IReadOnlyList<HubSource> Sources { get; private set; } = [];

    /// <summary>
    /// What is sent to the hub from now on; the one before has to be disposed by whoever sent into it. Throws what <see cref="ToastSession.OfferDirected"/> throws.
    /// </summary>
    public OutgoingStream Offer(int rate, int blockFrames, SampleEncoding encoding = SampleEncoding.Float32, Redundancy redundancy = default)
    {
        OutgoingStream outgoing = _session.OfferDirected("hub", rate, _options.SendChannels, blockFrames, encoding, redundancy);
        lock (_gate)
        {
            _outgoing = outgoing;
            outgoing.DirectTo(_hubId);
            _askAt = MeshTime.Unknown;
            return outgoing;
        }
    }

    /// <summary>Hears the mix from now on; names in <paramref name="options"/> are without meaning. Throws what <see cref="ToastSession.ExpectDirected"/> throws.</summary>
    public IncomingStream Listen(SubscriptionOptions options)
    {
        IncomingStream mix = _session.ExpectDirected(options);
        lock (_gate)
        {
            _mix = mix;
            _askAt = MeshTime.Unknown;
            return mix;
        }
    }

    /// <summary>How everybody of that name is to be heard, whether there or still to come. Throws InvalidArgument.</summary>
    public void SetLevel(string source, HubLevel level)
    {
        level.Validate();
        lock (_gate)
        {
            _wanted[source] = level;
        }
    }

    /// <summary>Takes the oldest event not taken yet, of the last 64.</summary>
    public bool TryTakeEvent([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out HubClientEvent? taken)
    {
        lock (_gate)
        {
            return _events.TryDequeue(out taken);
        }
    }

    /// <inheritdoc/>
    void IControlHandler.Take(ulong peerId, string peerName, ReadOnlySpan<byte> json)
    {
        if (peerId == HubId)
        {
            _inbox.Put(peerId, json);
        }
    }

    /// <summary>Gives the seat up. Its streams are of whoever asked for them.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            for (int i = 0; i < Goodbyes && _hubId != 0; i++)
            {
                Ask("hub_leave", static _ => { });
            }
        }
    }

    private int Ask(string command, Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> request = new(256);
        using Utf8JsonWriter writer = new(request);
        writer.WriteStartObject();
        writer.WriteString("cmd", command);
        writer.WriteNumber("seq", ++_sequence);
        write(writer);
        writer.WriteEndObject();
        writer.Flush();
        try
        {
            _session.SendControl(_hubId, request.WrittenSpan);
        }
        catch (AudioMeshException error)
        {
            Refusal = error.Message;
        }

        return _sequence;
    }

    private void Become(HubClientState state, MeshTime hostNow, string reason = "")
    {
        bool isNews = State != state || Refusal != reason;
        (State, Refusal) = (state, reason);
        if (!isNews)
        {
            return;
        }

        if (_events.Count == MostEvents)
        {
            _events.Dequeue();
        }

        _events.Enqueue(new HubClientEvent(state, hostNow, _hubName, reason));
    }
}
