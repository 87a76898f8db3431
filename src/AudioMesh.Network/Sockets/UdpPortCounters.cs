// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Sockets;

/// <summary>What a <see cref="UdpPort"/> has done. Any thread reads.</summary>
public sealed class UdpPortCounters
{
    private long _received;
    private long _receivedWithoutTime;
    private long _truncated;
    private long _receiveErrors;
    private long _sent;
    private long _sendsDropped;
    private long _sendErrors;
    private long _handlerFaults;
    private int _lastError;

    /// <summary>Datagrams given to the handler.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Those of them whose time is when they were read, because the kernel had none.</summary>
    public long ReceivedWithoutKernelTime => Interlocked.Read(ref _receivedWithoutTime);

    /// <summary>Datagrams longer than any of ours; dropped.</summary>
    public long Truncated => Interlocked.Read(ref _truncated);

    /// <summary>Errors while receiving: a port that refused, an interface that went.</summary>
    public long ReceiveErrors => Interlocked.Read(ref _receiveErrors);

    /// <summary>Datagrams given to the kernel.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Datagrams dropped because the kernel had no room at once.</summary>
    public long SendsDropped => Interlocked.Read(ref _sendsDropped);

    /// <summary>Datagrams that could not be sent: no route, not permitted, no such family.</summary>
    public long SendErrors => Interlocked.Read(ref _sendErrors);

    /// <summary>Exceptions that the handler let out: a fault in it.</summary>
    public long HandlerFaults => Interlocked.Read(ref _handlerFaults);

    /// <summary>errno of the last error of either way; 0 for none so far.</summary>
    public int LastError => Volatile.Read(ref _lastError);

    /// <summary>The last exception that the handler let out.</summary>
    public Exception? LastFault { get; private set; }

    internal void AddReceived(bool hasKernelTime)
    {
        Interlocked.Increment(ref _received);
        if (!hasKernelTime)
        {
            Interlocked.Increment(ref _receivedWithoutTime);
        }
    }

    internal void AddTruncated() => Interlocked.Increment(ref _truncated);

    internal void AddReceiveError(int error)
    {
        Interlocked.Increment(ref _receiveErrors);
        Volatile.Write(ref _lastError, error);
    }

    internal void AddSent() => Interlocked.Increment(ref _sent);

    internal void AddDropped() => Interlocked.Increment(ref _sendsDropped);

    internal void AddSendError(int error)
    {
        Interlocked.Increment(ref _sendErrors);
        Volatile.Write(ref _lastError, error);
    }

    internal void AddFault(Exception fault)
    {
        Interlocked.Increment(ref _handlerFaults);
        LastFault = fault;
    }
}
