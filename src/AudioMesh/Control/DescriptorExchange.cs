// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Control;

/// <summary>
/// The descriptors that came with one request and those that go back with its reply (SCM_RIGHTS, unix(7)). Whoever takes one owns it; what nobody took
/// or sent is closed with this. One thread at a time.
/// </summary>
public sealed class DescriptorExchange : IDisposable
{
    private readonly Queue<SafeFileHandle> _received;
    private readonly List<SafeFileHandle> _given = [];

    /// <summary>An exchange that begins with <paramref name="received"/>, in the order in which they came, and owns them.</summary>
    public DescriptorExchange(IEnumerable<SafeFileHandle>? received = null) => _received = new Queue<SafeFileHandle>(received ?? []);

    /// <summary>What goes back with the reply, in the order in which it was given; this owns it.</summary>
    public IReadOnlyList<SafeFileHandle> Given => _given;

    /// <summary>The next descriptor that came with the request, which the caller owns from then on; null when there is none left.</summary>
    public SafeFileHandle? Take() => _received.TryDequeue(out SafeFileHandle? next) ? next : null;

    /// <summary>Sends <paramref name="descriptor"/> back with the reply, and owns it from then on.</summary>
    public void Give(SafeFileHandle descriptor) => _given.Add(descriptor);

    /// <summary>Takes over what came with a request.</summary>
    internal void Receive(List<SafeFileHandle> received)
    {
        foreach (SafeFileHandle descriptor in received)
        {
            _received.Enqueue(descriptor);
        }
    }

    /// <summary>Closes what is to be sent back: the request failed.</summary>
    internal void TakeBack()
    {
        foreach (SafeFileHandle descriptor in _given)
        {
            descriptor.Dispose();
        }

        _given.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => Empty();

    /// <summary>Closes what nobody took or sent; the exchange is as new.</summary>
    internal void Empty()
    {
        TakeBack();
        while (_received.TryDequeue(out SafeFileHandle? rest))
        {
            rest.Dispose();
        }
    }
}
