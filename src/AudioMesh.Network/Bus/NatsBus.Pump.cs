// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Clock;

namespace AudioMesh.Network.Bus;

/// <content>What happens on the bus' thread, and what libnats' thread gives to it.</content>
public sealed partial class NatsBus
{
    private const int SliceMs = 50;
    private const long PresenceNs = 1_000_000_000;

    private readonly Dictionary<string, NatsPeer> _peers = [];
    private readonly long _run = BitConverter.ToInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(sizeof(long)));
    private MeshTime _presenceAt = MeshTime.Unknown;
    private string? _rival;

    private void Run()
    {
        while (!_isEnding)
        {
            lock (_core.Gate)
            {
                Look(MeshClock.Now);
            }

            SendAll();
            _core.Drain();
            SendAll();
            _woken.WaitOne(SliceMs);
        }

        SendAll();
        _link.Publish($"{_prefix}.p", null, NatsFrame.Presence(Name, _run, MeshClock.Now - _since, isLeaving: true));
        if (_link.IsConnected)
        {
            _link.Flush(500);
        }
    }

    private void Look(MeshTime now)
    {
        _core.Expire(now);
        foreach ((string name, NatsPeer peer) in _peers.ToArray())
        {
            if (peer.IsLost(now))
            {
                Forget(name);
            }
        }

        if (!_presenceAt.IsKnown || now >= _presenceAt)
        {
            SayPresence(now);
        }

        if (_link.IsConnected && Failure is null)
        {
            foreach (NatsTable table in _tables.Values)
            {
                foreach (BusEntry entry in table.Due(now))
                {
                    Write(table, entry, now);
                }
            }
        }
    }

    private void SayPresence(MeshTime now)
    {
        _presenceAt = now.Add(PresenceNs);
        Send($"{_prefix}.p", null, NatsFrame.Presence(Name, _run, now - _since, isLeaving: false));
    }

    private void SendAll()
    {
        while (true)
        {
            (string subject, string? reply, byte[] payload) item;
            lock (_core.Gate)
            {
                if (!_outgoing.TryDequeue(out item))
                {
                    return;
                }

                _outgoingBytes -= item.payload.Length;
            }

            if (!_link.Publish(item.subject, item.reply, item.payload) && item.reply is null)
            {
                lock (_core.Gate)
                {
                    _core.CountLost(1);
                }
            }
        }
    }

    private void Forget(string name)
    {
        _peers.Remove(name);
        if (_rival == name)
        {
            (_rival, Failure) = (null, null);
        }
    }

    // Two of one name: whoever is here for longer stays.
    private void TakePresence(string subject, string reply, byte[] payload, bool isNoResponders)
    {
        MeshTime now = MeshClock.Now;
        lock (_core.Gate)
        {
            if (!NatsFrame.TryReadPresence(payload, out string name, out long run, out long ageNs, out bool isLeaving))
            {
                _core.CountRefused();
                return;
            }

            if (run == _run)
            {
                return;
            }

            bool isKnown = _peers.TryGetValue(name, out NatsPeer? known) && known.Run == run;
            if (isLeaving)
            {
                if (isKnown)
                {
                    Forget(name);
                }

                return;
            }

            _peers[name] = new NatsPeer(run, new BusPeer(name, "", isKnown ? known!.Peer.Since : now, now));
            if (!isKnown)
            {
                SayPresence(now);
            }

            long ownNs = now - _since;
            if (name == Name && Failure is null && (ageNs > ownNs || (ageNs == ownNs && run < _run)))
            {
                _rival = name;
                Failure = new AudioMeshException(AudioErrorKind.DeviceBusy, $"Another host of the mesh is called '{Name}'.") { Field = "name", Allowed = "a name that no other host has" };
            }
        }

        _core.Wake();
    }

    private void TakeMessage(BusSubscription<BusHandler> subscription, string subject, byte[] body)
    {
        string own = subject[(_prefix.Length + 3)..];
        lock (_core.Gate)
        {
            if (!BusSubject.IsValid(own) || !NatsFrame.TryReadMessage(body, out string from, out MeshTime time, out byte[] payload))
            {
                _core.CountRefused();
                return;
            }

            _core.CountReceived();
            _core.Deliver(subscription, own, from, payload, time);
        }

        _core.Wake();
    }

    private void TakeRequest(BusSubscription<BusAnswerer> server, string subject, string reply, byte[] body)
    {
        string own = subject[(_prefix.Length + 3)..];
        lock (_core.Gate)
        {
            if (reply.Length == 0 || !BusSubject.IsValid(own) || !NatsFrame.TryReadMessage(body, out string from, out MeshTime time, out byte[] payload))
            {
                _core.CountRefused();
                return;
            }

            _core.CountReceived();
            _core.Post(server, () =>
            {
                (AnswerStatus status, byte[] answer) = BusCore.Answer(server.Handler, new BusMessage(own, from, payload, time));
                lock (_core.Gate)
                {
                    Send(reply, null, NatsFrame.Answer(Name, status, answer));
                }
            });
        }

        _core.Wake();
    }

    private void TakeReply(string subject, string reply, byte[] body, bool isNoResponders)
    {
        string[] tokens = subject[(_inbox.Length + 1)..].Split('.');
        if (tokens.Length != 2 || !ulong.TryParse(tokens[1], System.Globalization.NumberStyles.None, null, out ulong number))
        {
            return;
        }

        lock (_core.Gate)
        {
            if (tokens[0] == "a")
            {
                TakeAcknowledgement(number, body);
            }
            else if (number <= uint.MaxValue && _core.Find((uint)number) is { } request)
            {
                TakeAnswer((uint)number, request, body, isNoResponders);
            }
        }

        _core.Wake();
    }

    private void TakeAnswer(uint number, BusRequest request, byte[] body, bool isNoResponders)
    {
        if (isNoResponders)
        {
            _core.EndUnserved(number, request.Subject);
        }
        else if (NatsFrame.TryReadAnswer(body, out string from, out AnswerStatus status, out byte[] payload))
        {
            _core.CountReceived();
            _core.End(number, status == AnswerStatus.Answered ? new BusAnswer(from, payload, null) : new BusAnswer(from, [], AnswerError.Read(payload)));
        }
        else
        {
            _core.CountRefused();
        }
    }

    // {"stream":"KV_…","seq":7}, or {"error":{…}}: then it is written again in a while.
    private void TakeAcknowledgement(ulong number, byte[] body)
    {
        if (IsStored(body) && _unacknowledged.Remove(number, out (NatsTable Table, string Key) written))
        {
            written.Table.Acknowledged(written.Key, number);
        }
    }

    private static bool IsStored(byte[] json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("seq", out _) && !document.RootElement.TryGetProperty("error", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
