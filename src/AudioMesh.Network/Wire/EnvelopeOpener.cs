// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Wire;

/// <summary>
/// Opens datagrams of a session: right key, whole, and never heard before. A sender is remembered from its first authentic datagram on; nothing else leaves state. One thread.
/// </summary>
public sealed class EnvelopeOpener : IDisposable
{
    private readonly SessionKey _key;
    private readonly ulong _own;
    private readonly int _mostSenders;
    private readonly Dictionary<ulong, KnownSender> _senders = [];
    private readonly AttemptLimit _attempts = new();

    /// <summary>Opens for the member <paramref name="ownSender"/>. Throws InvalidArgument where <paramref name="mostSenders"/> is not 1 to 65,536.</summary>
    public EnvelopeOpener(SessionKey key, ulong ownSender, int mostSenders = 1024)
    {
        if (mostSenders is < 1 or > 65_536)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{mostSenders} senders are not possible.") { Allowed = "1..65536" };
        }

        (_key, _own, _mostSenders) = (key, ownSender, mostSenders);
    }

    /// <summary>What was dropped, and why. Others add the causes that lie in bodies.</summary>
    public DropCounters Drops { get; } = new();

    /// <summary>Senders remembered now.</summary>
    public int SenderCount => _senders.Count;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (KnownSender sender in _senders.Values)
        {
            sender.Cipher.Dispose();
        }

        _senders.Clear();
    }

    /// <summary>
    /// Opens <paramref name="datagram"/> into <paramref name="body"/>, which may be where the body is in it and has room for it. Counts, and returns <see cref="DropCause.None"/> or why it must
    /// not be heard; then <paramref name="bodyBytes"/> is 0. Allocates nothing for a sender that is known, but for the exception inside .NET that a forged datagram costs.
    /// </summary>
    public DropCause Open(ReadOnlySpan<byte> datagram, Span<byte> body, MeshTime hostNow, out EnvelopeHeader header, out int bodyBytes)
    {
        bodyBytes = 0;
        DropCause cause = EnvelopeHeader.TryRead(datagram, out header);
        if (cause == DropCause.None)
        {
            cause = OpenOurs(datagram, body[..(datagram.Length - EnvelopeHeader.Bytes - EnvelopeHeader.TagBytes)], hostNow, header);
        }

        if (cause == DropCause.None)
        {
            bodyBytes = datagram.Length - EnvelopeHeader.Bytes - EnvelopeHeader.TagBytes;
        }

        Drops.Add(cause);
        return cause;
    }

    /// <summary>Notes that <paramref name="sender"/> answered a challenge: it stays when room is needed.</summary>
    public void Prove(ulong sender)
    {
        if (_senders.TryGetValue(sender, out KnownSender? known))
        {
            known.IsProven = true;
        }
    }

    /// <summary>Whether <paramref name="sender"/> is known and has answered a challenge.</summary>
    public bool IsProven(ulong sender) => _senders.TryGetValue(sender, out KnownSender? known) && known.IsProven;

    /// <summary>
    /// Forgets a sender that left or was silent for long. What it said can be heard again then, so after this nothing of it may have an effect but by a new proof.
    /// </summary>
    public void Forget(ulong sender)
    {
        if (_senders.Remove(sender, out KnownSender? known))
        {
            known.Cipher.Dispose();
        }
    }

    private DropCause OpenOurs(ReadOnlySpan<byte> datagram, Span<byte> body, MeshTime now, in EnvelopeHeader header)
    {
        if (header.Session != _key.Tag)
        {
            return DropCause.OtherSession;
        }

        if (header.Sender == _own)
        {
            return DropCause.Own;
        }

        if (!_senders.TryGetValue(header.Sender, out KnownSender? sender))
        {
            return OpenFirst(datagram, body, now, header);
        }

        DropCause seen = sender.Window.Check(header.Counter);
        if (seen != DropCause.None)
        {
            return seen;
        }

        if (!sender.Cipher.TryOpen(datagram, header.Counter, body))
        {
            return DropCause.NotAuthentic;
        }

        sender.Window.Mark(header.Counter);
        sender.LastHeard = now;
        return DropCause.None;
    }

    private DropCause OpenFirst(ReadOnlySpan<byte> datagram, Span<byte> body, MeshTime now, in EnvelopeHeader header)
    {
        if (header.Counter == 0)
        {
            return DropCause.TooOld;
        }

        if (!_attempts.TryTake(now))
        {
            return DropCause.Throttled;
        }

        SenderCipher cipher = new(_key, header.Sender);
        DropCause cause = !cipher.TryOpen(datagram, header.Counter, body) ? DropCause.NotAuthentic
            : MakeRoom() ? DropCause.None
            : DropCause.TooManySenders;
        if (cause != DropCause.None)
        {
            cipher.Dispose();
            return cause;
        }

        KnownSender sender = new(cipher) { LastHeard = now };
        sender.Window.Mark(header.Counter);
        _senders.Add(header.Sender, sender);
        return DropCause.None;
    }

    // Whoever never proved to live now may be a recording: the one that was silent longest goes.
    private bool MakeRoom()
    {
        if (_senders.Count < _mostSenders)
        {
            return true;
        }

        ulong longestSilent = 0;
        KnownSender? victim = null;
        foreach ((ulong id, KnownSender sender) in _senders)
        {
            if (!sender.IsProven && (victim is null || sender.LastHeard < victim.LastHeard))
            {
                (longestSilent, victim) = (id, sender);
            }
        }

        if (victim is not null)
        {
            Forget(longestSilent);
        }

        return victim is not null;
    }
}
