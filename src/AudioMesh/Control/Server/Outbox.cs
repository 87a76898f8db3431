// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Control.Server;

/// <summary>What is to be sent to one client, in order, kept until there is room. One thread.</summary>
internal sealed class Outbox(DescriptorSocket socket) : IDisposable
{
    private readonly Queue<(byte[] Bytes, DescriptorExchange? Descriptors)> _messages = new();
    private int _sentOfFirst;

    /// <summary>Descriptors that are not sent yet.</summary>
    public int PendingDescriptors { get; private set; }

    /// <summary>Bytes that are not sent yet.</summary>
    public long PendingBytes { get; private set; }

    /// <summary>When something was sent last, or when this was empty last, in ms of the system's uptime.</summary>
    public long LastProgressMs { get; private set; } = Environment.TickCount64;

    /// <summary>Adds a message with the descriptors that <paramref name="descriptors"/> gives, and owns it from then on.</summary>
    public void Add(byte[] message, DescriptorExchange? descriptors = null)
    {
        if (_messages.Count == 0)
        {
            LastProgressMs = Environment.TickCount64;
        }

        _messages.Enqueue((message, descriptors));
        PendingBytes += message.Length;
        PendingDescriptors += descriptors?.Given.Count ?? 0;
    }

    /// <summary>Sends what there is room for; true when nothing is left. Throws IOException.</summary>
    public bool Flush()
    {
        while (_messages.TryPeek(out (byte[] Bytes, DescriptorExchange? Descriptors) first))
        {
            IReadOnlyList<SafeFileHandle> descriptors = _sentOfFirst == 0 && first.Descriptors is { } exchange ? exchange.Given : [];
            int sent = socket.Send(first.Bytes.AsSpan(_sentOfFirst), descriptors);
            if (sent < 0)
            {
                return false;
            }

            LastProgressMs = Environment.TickCount64;
            PendingBytes -= sent;
            _sentOfFirst += sent;
            PendingDescriptors -= descriptors.Count;
            first.Descriptors?.Dispose();
            if (_sentOfFirst == first.Bytes.Length)
            {
                _messages.Dequeue();
                _sentOfFirst = 0;
            }
        }

        return true;
    }

    public void Dispose()
    {
        foreach ((_, DescriptorExchange? descriptors) in _messages)
        {
            descriptors?.Dispose();
        }
    }
}
