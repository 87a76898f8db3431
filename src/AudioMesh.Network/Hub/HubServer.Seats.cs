// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text.Json;
using AudioMesh.Clock;
using AudioMesh.Network.Session;

namespace AudioMesh.Network.Hub;

/// <content>Who has a seat, and what clients ask for.</content>
public sealed partial class HubServer
{
    private const int MostRequestsAtOnce = 32;
    private const long WatchNs = 100_000_000;

    /// <summary>A client asks for its seat anew every two seconds.</summary>
    private const long SeatNs = 8_000_000_000;

    private MeshTime _watchAt;
    private int _change;

    /// <summary>Answers requests, and gives up the seats of who has gone. A worker's thread, every few milliseconds.</summary>
    public void Maintain()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            MeshTime hostNow = _options.HostClock();
            EndLeaving();
            for (int i = 0; i < MostRequestsAtOnce && _inbox.TryPeek(out (ulong PeerId, byte[] Json) message); i++)
            {
                if (!TryAnswer(message.PeerId, message.Json, hostNow))
                {
                    break;
                }

                _inbox.Take();
            }

            if (hostNow >= _watchAt)
            {
                _watchAt = hostNow.Add(WatchNs);
                Watch(hostNow);
            }
        }
    }

    /// <summary>Writes recordings down. One thread of its own, which waits for the disk, a few times a second.</summary>
    public void Record()
    {
        foreach (HubLine line in Volatile.Read(ref _lines))
        {
            line.Stem?.Work();
        }
    }

    // False where it has to wait: a new client's place may be one whose client is fading out.
    private bool TryAnswer(ulong peerId, byte[] json, MeshTime hostNow)
    {
        bool hasToWait = false;
        ArrayBufferWriter<byte> reply = new(256);
        HubReplies.Answer(json, (root, writer) => hasToWait = !TryRun(peerId, root, writer, hostNow), reply);
        if (!hasToWait && !IsReply(json))
        {
            Send(peerId, reply.WrittenSpan);
        }

        return !hasToWait;
    }

    // Another hub's reply is no request: two of them would answer each other for ever.
    private static bool IsReply(byte[] json)
    {
        try
        {
            using JsonDocument document = HubReplies.Parse(json);
            return document.RootElement.TryGetProperty("ok", out _);
        }
        catch (AudioMeshException)
        {
            return false;
        }
    }

    private bool TryRun(ulong peerId, JsonElement root, Utf8JsonWriter writer, MeshTime hostNow)
    {
        HubGuest? guest = _guests.Find(guest => guest.PeerId == peerId);
        switch (HubReplies.CommandOf(root))
        {
            case "hub_join":
                return TryJoin(peerId, guest, HubJoin.Read(root, _options.MaxChannels), writer, hostNow);
            case "hub_leave":
                if (guest is not null)
                {
                    GiveUp(guest, hostNow, "it left");
                }

                return true;
            default:
                if (guest is null)
                {
                    throw new AudioMeshException(AudioErrorKind.InvalidState, "You have no seat: hub_join is first.");
                }

                HubControl.Run(_mixer, guest.Seat.Id, root, writer);
                return true;
        }
    }

    private bool TryJoin(ulong peerId, HubGuest? guest, HubJoin join, Utf8JsonWriter writer, MeshTime hostNow)
    {
        HubGuest? namesake = _guests.Find(other => other != guest && other.Join.Name == join.Name);
        if (namesake is not null && IsThere(namesake, hostNow))
        {
            AudioMeshException taken = new(AudioErrorKind.InvalidArgument, $"The name '{join.Name}' is taken.") { Field = "name" };
            Refuse(join, taken, hostNow);
            throw taken;
        }

        if (guest is null && namesake is not null)
        {
            guest = namesake;
            guest.PeerId = peerId;
        }

        if (guest is not null && !guest.Join.SeatsLike(join))
        {
            GiveUp(guest, hostNow, "it asked for another seat");
            guest = null;
        }

        if (guest is null)
        {
            if (_leaving.Count > 0)
            {
                return false;
            }

            guest = Seat(join, hostNow);
            guest.PeerId = peerId;
        }

        guest.Join = join;
        guest.RenewedAt = hostNow;
        guest.Line.Incoming?.DirectFrom(peerId, join.Stream);
        guest.Line.Outgoing?.DirectTo(peerId);
        WriteSeat(guest, writer);
        return true;
    }

    private void WriteSeat(HubGuest guest, Utf8JsonWriter writer)
    {
        writer.WriteNumber("id", guest.Seat.Id);
        writer.WriteNumber("rate", Rate);
        writer.WriteNumber("period", PeriodFrames);
        writer.WriteNumber("change", _change);
        if (guest.Line.Outgoing is { } outgoing)
        {
            HubStreamJson.Write(writer, "stream", outgoing.Offer);
        }
    }

    private HubGuest Seat(HubJoin join, MeshTime hostNow)
    {
        HubSeat seat;
        try
        {
            seat = _mixer.Join(join.Name, join.SendChannels, join.MixChannels);
        }
        catch (AudioMeshException error)
        {
            Refuse(join, error, hostNow);
            throw;
        }

        IncomingStream? incoming = null;
        OutgoingStream? outgoing = null;
        StemFile? stem = null;
        try
        {
            incoming = join.Stream is null ? null : _session.ExpectDirected(new SubscriptionOptions
            {
                OutputRate = Rate,
                OutputChannels = join.SendChannels,
                MinDepthMs = _options.MinDepthMs,
                MaxDepthMs = _options.MaxDepthMs,
                Predicts = _options.Predicts,
            });
            outgoing = join.MixChannels == 0 ? null : _session.OfferDirected("mix", Rate, join.MixChannels, PeriodFrames, join.MixEncoding, join.MixRedundancy);
            stem = _options.RecordFolder.Length == 0 || join.Stream is null ? null
                : new StemFile(Path.Combine(_options.RecordFolder, StemNames.Of(join.Name, seat.Id)), join.SendChannels, Rate);
        }
        catch (AudioMeshException error)
        {
            incoming?.Dispose();
            outgoing?.Dispose();
            stem?.Dispose();
            _mixer.Leave(seat.Id);
            Refuse(join, error, hostNow);
            throw;
        }

        HubGuest guest = new(join, seat, new HubLine(_mixer, seat, Rate, incoming, outgoing, stem));
        _guests.Add(guest);
        Volatile.Write(ref _lines, [.. _lines, guest.Line]);
        _change++;
        _options.Device?.Name(seat, join.Name);
        Tell(HubEventKind.ClientJoined, hostNow, join.Name);
        return guest;
    }

    private void Refuse(HubJoin join, AudioMeshException error, MeshTime hostNow) => Tell(HubEventKind.ClientRefused, hostNow, join.Name, error.Message);

    private bool IsThere(HubGuest guest, MeshTime hostNow) => hostNow - guest.RenewedAt < SeatNs && _session.IsThere(guest.PeerId);

    private void Watch(MeshTime hostNow)
    {
        foreach (HubGuest guest in _guests.ToArray())
        {
            bool isThere = IsThere(guest, hostNow);
            if (isThere && guest.AbsentSince.IsKnown)
            {
                guest.AbsentSince = MeshTime.Unknown;
                Tell(HubEventKind.ClientReturned, hostNow, guest.Join.Name);
            }
            else if (!isThere && !guest.AbsentSince.IsKnown)
            {
                guest.AbsentSince = hostNow;
                Tell(HubEventKind.ClientLost, hostNow, guest.Join.Name);
            }
            else if (!isThere && hostNow - guest.AbsentSince > _options.KeepSeat.Ticks * 100)
            {
                GiveUp(guest, hostNow, "it did not come back");
            }

            if (guest.Line.Stem is { Failure: { } failure, IsReported: false } stem)
            {
                stem.IsReported = true;
                Tell(HubEventKind.RecordingFailed, hostNow, guest.Join.Name, failure.Message);
            }
        }
    }

    // Its sound fades out before anything of it is taken away.
    private void GiveUp(HubGuest guest, MeshTime hostNow, string reason)
    {
        _mixer.Leave(guest.Seat.Id);
        _guests.Remove(guest);
        _leaving.Add(guest);
        _change++;
        Tell(HubEventKind.ClientLeft, hostNow, guest.Join.Name, reason);
    }

    private void EndLeaving()
    {
        for (int i = _leaving.Count - 1; i >= 0; i--)
        {
            HubGuest guest = _leaving[i];
            if (guest.RemovedAt < 0 && _mixer.HasFaded(guest.Seat.Id))
            {
                Volatile.Write(ref _lines, [.. _lines.Where(line => line != guest.Line)]);
                guest.RemovedAt = Periods;
            }
            else if (guest.RemovedAt >= 0 && Periods > guest.RemovedAt + 1)
            {
                // The period that may have begun with it is over.
                _leaving.RemoveAt(i);
                DisposeOf(guest);
            }
        }
    }

    private void Send(ulong peerId, ReadOnlySpan<byte> json)
    {
        try
        {
            _session.SendControl(peerId, json);
        }
        catch (AudioMeshException)
        {
            // Longer than this session's datagrams: whoever asked hears nothing, and asks again.
        }
    }
}
