// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Wire;

/// <summary>Makes datagrams of bodies: envelope before, encrypted in place, tag behind. One thread at a time; each thread makes its own.</summary>
public sealed class EnvelopeSealer(SenderIdentity sender) : IDisposable
{
    private readonly SenderCipher _cipher = new(sender.Key, sender.Id);

    /// <summary>Whose datagrams these are.</summary>
    public SenderIdentity Sender => sender;

    /// <inheritdoc/>
    public void Dispose() => _cipher.Dispose();

    /// <summary>Where in <paramref name="buffer"/> the body is to be written before <see cref="Seal"/>.</summary>
    public static Span<byte> BodyOf(Span<byte> buffer) => buffer[EnvelopeHeader.Bytes..^EnvelopeHeader.TagBytes];

    /// <summary>
    /// Makes a datagram of the first <paramref name="bodyBytes"/> of <see cref="BodyOf"/> and returns its length. Allocates nothing. The buffer has 40 bytes more than the body.
    /// </summary>
    public int Seal(MessageType type, Span<byte> buffer, int bodyBytes)
    {
        Span<byte> datagram = buffer[..(EnvelopeHeader.Bytes + bodyBytes + EnvelopeHeader.TagBytes)];
        ulong counter = sender.NextCounter();
        new EnvelopeHeader(type, sender.Key.Tag, sender.Id, counter).Write(datagram);
        _cipher.Seal(datagram, counter);
        return datagram.Length;
    }
}
