// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Clock;
using AudioMesh.Network.Session;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Hub;

/// <content>What it asks the hub, and what that answers. Every request may be asked again: each says all it wants.</content>
public sealed partial class HubClient
{
    private const long SeekNs = 100_000_000;
    private const long RetryNs = 250_000_000;
    private const long RenewNs = 2_000_000_000;
    private const long SilentNs = 8_000_000_000;

    private readonly List<HubSource> _listed = [];
    private MeshTime _seekAt = MeshTime.Unknown;
    private MeshTime _askAt = MeshTime.Unknown;
    private MeshTime _listAt = MeshTime.Unknown;
    private MeshTime _levelAt = MeshTime.Unknown;
    private MeshTime _answeredAt = MeshTime.Unknown;
    private int _joinSequence;
    private int _listSequence;
    private int _levelSequence;
    private int _change = -1;
    private int _listedChange = -1;
    private (int Source, HubLevel Level) _asked;

    /// <summary>Finds the hub, asks for what is due, and takes answers. A worker's thread, every few milliseconds.</summary>
    public void Maintain()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            MeshTime hostNow = _options.HostClock();
            while (_inbox.TryPeek(out (ulong PeerId, byte[] Json) message))
            {
                _inbox.Take();
                TakeReply(message.PeerId, message.Json, hostNow);
            }

            if (IsDue(_seekAt, hostNow))
            {
                _seekAt = hostNow.Add(SeekNs);
                Seek(hostNow);
            }

            bool isReady = (_options.SendChannels == 0 || _outgoing is not null) && (_options.MixChannels == 0 || _mix is not null);
            if (_hubId != 0 && isReady && IsDue(_askAt, hostNow))
            {
                // Renewed in peace while answers come, and soon where one is missing.
                _askAt = hostNow.Add(RetryNs);
                _joinSequence = Ask("hub_join", CurrentJoin().Write);
            }

            if (State == HubClientState.Joined)
            {
                AskForList(hostNow);
                AskForLevels(hostNow);
            }
        }
    }

    private static bool IsDue(MeshTime time, MeshTime hostNow) => !time.IsKnown || hostNow >= time;

    private HubJoin CurrentJoin() => new(
        _options.Name, _options.SendChannels == 0 ? null : _outgoing!.Offer, _options.MixChannels, _options.MixEncoding, _options.MixRedundancy);

    private void Seek(MeshTime hostNow)
    {
        bool isSilent = State == HubClientState.Joined && hostNow - _answeredAt > SilentNs;
        PeerStatus? hub = null;
        foreach (PeerStatus peer in _session.Peers)
        {
            bool isMeant = peer.IsProven && !peer.IsLost && peer.Capabilities.HasFlag(Capabilities.Hub) && (_options.Hub.Length == 0 || _options.Hub == peer.Name);
            hub = isMeant && (hub is null || peer.Id == _hubId) ? peer : hub;
        }

        if (hub is not null && hub.Id == _hubId && !isSilent)
        {
            return;
        }

        Volatile.Write(ref _hubId, hub?.Id ?? 0);
        _hubName = hub?.Name ?? _hubName;
        _outgoing?.DirectTo(_hubId);
        (_askAt, _change, _listedChange) = (MeshTime.Unknown, -1, -1);
        Become(hub is null ? HubClientState.Seeking : HubClientState.Joining, hostNow);
    }

    private void AskForList(MeshTime hostNow)
    {
        if (_listedChange != _change && IsDue(_listAt, hostNow))
        {
            _listed.Clear();
            AskForList(0, hostNow);
        }
    }

    private void AskForList(int after, MeshTime hostNow)
    {
        _listAt = hostNow.Add(RetryNs);
        _listSequence = Ask("hub_sources", writer => writer.WriteNumber("after", after));
    }

    private void AskForLevels(MeshTime hostNow)
    {
        if (!IsDue(_levelAt, hostNow))
        {
            return;
        }

        foreach (HubSource source in Sources)
        {
            if (_wanted.TryGetValue(source.Name, out HubLevel level) && source.Level != level)
            {
                _levelAt = hostNow.Add(RetryNs);
                _asked = (source.Id, level);
                _levelSequence = Ask("hub_set", writer =>
                {
                    writer.WriteNumber("source", source.Id);
                    writer.WriteNumber("gain_db", level.GainDb);
                    writer.WriteNumber("pan", level.Pan);
                    writer.WriteBoolean("mute", level.IsMuted);
                    writer.WriteBoolean("solo", level.IsSoloed);
                });
                return;
            }
        }
    }

    private void TakeReply(ulong peerId, byte[] json, MeshTime hostNow)
    {
        try
        {
            using JsonDocument document = HubReplies.Parse(json, HubReplies.MaxReplyBytes);
            JsonElement root = document.RootElement;
            if (peerId != _hubId || HubReplies.SequenceOf(root, "re") is not { } sequence || !root.TryGetProperty("ok", out JsonElement ok))
            {
                return;
            }

            bool isDone = ok.ValueKind == JsonValueKind.True;
            if (sequence == _joinSequence)
            {
                _answeredAt = hostNow;
                _askAt = hostNow.Add(RenewNs);
                TakeSeat(root, isDone, hostNow);
            }
            else if (sequence == _listSequence && isDone)
            {
                TakeList(root, hostNow);
            }
            else if (sequence == _levelSequence)
            {
                TakeLevel(isDone);
            }
        }
        catch (Exception error) when (error is AudioMeshException or InvalidOperationException)
        {
            // Not what a hub says: as if it had got lost, and it is asked again.
        }
    }

    private void TakeSeat(JsonElement root, bool isDone, MeshTime hostNow)
    {
        if (!isDone)
        {
            string reason = root.TryGetProperty("error", out JsonElement error) && error.ValueKind == JsonValueKind.Object
                && error.TryGetProperty("message", out JsonElement message) && message.ValueKind == JsonValueKind.String ? message.GetString()! : "no reason given";
            Become(HubClientState.Refused, hostNow, reason);
            return;
        }

        int id = (int)HubStreamJson.Whole(root, "id", int.MaxValue);
        int rate = (int)HubStreamJson.Whole(root, "rate", AudioBody.MostRate);
        int period = (int)HubStreamJson.Whole(root, "period", AudioBody.MostFrames);
        int change = (int)HubStreamJson.Whole(root, "change", int.MaxValue);
        StreamOffer? offer = HubStreamJson.Read(root, "stream", "mix");
        (Id, HubRate, HubPeriodFrames, _change) = (id, rate, period, change);
        _mix?.DirectFrom(_hubId, offer);
        Become(HubClientState.Joined, hostNow);
    }

    private void TakeList(JsonElement root, MeshTime hostNow)
    {
        if (!root.TryGetProperty("sources", out JsonElement sources) || sources.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (JsonElement source in sources.EnumerateArray())
        {
            _listed.Add(HubSourceJson.Read(source));
        }

        if (root.TryGetProperty("more", out JsonElement more) && more.ValueKind == JsonValueKind.True && _listed.Count is > 0 and < 1024)
        {
            AskForList(_listed[^1].Id, hostNow);
            return;
        }

        Sources = [.. _listed];
        _listedChange = _change;
        _listSequence = 0;
    }

    private void TakeLevel(bool isDone)
    {
        _levelAt = MeshTime.Unknown;
        _levelSequence = 0;
        if (isDone)
        {
            Sources = [.. Sources.Select(source => source.Id == _asked.Source ? source with { Level = _asked.Level } : source)];
        }
        else
        {
            _listedChange = -1;
        }
    }
}
