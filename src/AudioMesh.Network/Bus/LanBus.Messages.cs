// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Bus;

/// <content>What others say. Under the gate, but where handlers are called.</content>
public sealed partial class LanBus
{
    private ulong _rival;

    private void Take(BusChannel channel, byte[] frame)
    {
        if (Failure is not null && (FrameKind)frame[0] != FrameKind.Hello)
        {
            return;
        }

        FrameReader reader = new(frame);
        bool isSound = (FrameKind)reader.Byte() switch
        {
            FrameKind.Hello => TakeHello(channel, ref reader),
            FrameKind.Publish => TakePublished(channel, ref reader),
            FrameKind.Request => TakeRequest(channel, ref reader),
            FrameKind.Answer => TakeAnswer(channel, ref reader),
            FrameKind.Entry => TakeEntry(ref reader),
            FrameKind.Summary => TakeSummary(channel, ref reader),
            FrameKind.Digests => TakeDigests(channel, ref reader),
            FrameKind.Want => TakeWant(channel, ref reader),
            _ => false,
        };
        if (isSound)
        {
            _core.CountReceived();
        }
        else
        {
            _core.CountRefused();
        }
    }

    // Two of one name: whoever is here for longer stays.
    private bool TakeHello(BusChannel channel, ref FrameReader reader)
    {
        string name = reader.Text(Wire.WireText.MostBytes);
        long ageNs = reader.Int64();
        if (!reader.IsSound || ageNs < 0)
        {
            return false;
        }

        long ownNs = _options.HostClock() - _since;
        if (name == Name && (ageNs > ownNs || (ageNs == ownNs && channel.PeerId < Session.Id)))
        {
            _rival = channel.PeerId;
            Failure = new AudioMeshException(AudioErrorKind.DeviceBusy, $"Another host of the mesh is called '{Name}', at {channel.Peer?.Address}.")
            {
                Field = "name",
                Allowed = "a name that no other host has",
            };
        }

        return true;
    }

    private bool TakePublished(BusChannel channel, ref FrameReader reader)
    {
        string subject = reader.Subject();
        MeshTime time = new(reader.Int64());
        ReadOnlySpan<byte> payload = reader.Rest(BusLimits.PayloadBytes);
        if (reader.IsSound)
        {
            _core.Deliver(subject, channel.Name, payload.ToArray(), time);
        }

        return reader.IsSound;
    }

    private bool TakeRequest(BusChannel channel, ref FrameReader reader)
    {
        uint number = reader.UInt32();
        string subject = reader.Subject();
        MeshTime time = new(reader.Int64());
        byte[] payload = reader.Rest(BusLimits.PayloadBytes).ToArray();
        if (!reader.IsSound)
        {
            return false;
        }

        if (_core.ServerOf(subject) is not { } server)
        {
            Send(channel, FrameWriter.Answer(number, AnswerStatus.NotServed, []));
            return true;
        }

        string from = channel.Name;
        _core.Post(null, () =>
        {
            (AnswerStatus status, byte[] answer) = BusCore.Answer(server, new BusMessage(subject, from, payload, time));
            lock (_core.Gate)
            {
                Send(channel, FrameWriter.Answer(number, status, answer));
            }
        });
        return true;
    }

    private bool TakeAnswer(BusChannel channel, ref FrameReader reader)
    {
        uint number = reader.UInt32();
        AnswerStatus status = (AnswerStatus)reader.Byte();
        ReadOnlySpan<byte> payload = reader.Rest(BusLimits.PayloadBytes);
        if (!reader.IsSound || status > AnswerStatus.NotServed)
        {
            return false;
        }

        if (_core.Find(number) is not { } request || !request.Awaited.Contains(channel.PeerId))
        {
            return true; // it was answered before, or came too late
        }

        if (status != AnswerStatus.NotServed)
        {
            _core.End(number, status == AnswerStatus.Answered
                ? new BusAnswer(channel.Name, payload.ToArray(), null)
                : new BusAnswer(channel.Name, [], AnswerError.Read(payload)));
        }
        else if (request.Awaited.Remove(channel.PeerId) && request.Awaited.Count == 0)
        {
            _core.EndUnserved(number, request.Subject);
        }

        return true;
    }

    private void AskAll(uint number, BusRequest request, byte[] frame)
    {
        foreach (BusChannel channel in _channels.Values)
        {
            if (channel.IsPresent)
            {
                request.Awaited.Add(channel.PeerId);
                Send(channel, frame);
            }
        }

        if (request.Awaited.Count == 0)
        {
            _core.EndUnserved(number, request.Subject);
        }
    }

    private void AnswerHere(uint number, BusAnswerer server, string subject, byte[] payload, MeshTime time)
    {
        (AnswerStatus status, byte[] answer) = BusCore.Answer(server, new BusMessage(subject, Name, payload, time));
        lock (_core.Gate)
        {
            _core.End(number, status == AnswerStatus.Answered ? new BusAnswer(Name, answer, null) : new BusAnswer(Name, [], AnswerError.Read(answer)));
        }
    }
}
