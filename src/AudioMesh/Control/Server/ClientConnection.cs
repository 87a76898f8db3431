// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using AudioMesh.Interop;

namespace AudioMesh.Control.Server;

/// <summary>
/// One client's connection, served by one thread from its first byte to its last, so that nothing a client does or leaves undone keeps another waiting. Its
/// requests wait while it does not read its replies; its events are dropped meanwhile, and counted.
/// </summary>
internal sealed class ClientConnection : IDisposable
{
    /// <summary>Above this, and the next, requests of a client that does not read its replies wait.</summary>
    private const int MostPendingBytes = 1 << 20;

    private const int MostPendingDescriptors = 64;

    /// <summary>Above this, events stay where they are dropped when there are too many.</summary>
    private const int MostPendingEventBytes = 64 << 10;

    /// <summary>How long a client may leave its replies unread with requests waiting, or after it said that it sends no more.</summary>
    private const int PatienceMs = 10_000;

    private readonly DescriptorSocket _socket;
    private readonly ControlSession _session;
    private readonly ControlClient _client;
    private readonly MessageReader _reader;
    private readonly Outbox _outbox;
    private readonly Wakeup _wakeup = new();
    private DescriptorExchange _descriptors = new();
    private volatile bool _isEnding;
    private bool _hasSaidHello;
    private bool _isOver;
    private long _resumeAtMs;

    public ClientConnection(Socket socket, ControlClient client, ControlSession session)
    {
        _client = client;
        _session = session;
        _socket = new DescriptorSocket(socket);
        _reader = new MessageReader(_socket, Framing.Unknown, ControlSession.MaxRequestBytes);
        _outbox = new Outbox(_socket);
        _session.OnEvent = _wakeup.Signal;
    }

    /// <summary>Serves until the client or the server ends it.</summary>
    public void Run()
    {
        try
        {
            while (!_isEnding && Serve())
            {
            }
        }
        catch (IOException)
        {
        }
        catch (AudioMeshException error)
        {
            SayLast(error);
        }
        catch (Exception fault)
        {
            // Of ours, and no reason to end for everybody else.
            SayLast(new AudioMeshException(AudioErrorKind.Internal, $"{fault.GetType().Name}: {fault.Message}", fault));
        }
    }

    /// <summary>Ends it soon. Any thread.</summary>
    public void End()
    {
        _isEnding = true;
        _wakeup.Signal();
    }

    public void Dispose()
    {
        _session.OnEvent = null;
        _session.Dispose();
        _reader.Dispose();
        _outbox.Dispose();
        _descriptors.Dispose();
        _socket.Dispose();
        _wakeup.Dispose();
    }

    private bool IsOutboxFull => _outbox.PendingBytes > MostPendingBytes || _outbox.PendingDescriptors > MostPendingDescriptors;

    private bool MayHandle => !IsOutboxFull && Environment.TickCount64 >= _resumeAtMs;

    // One step: a request, or a wait for what is next. False when all is said.
    private bool Serve()
    {
        bool hasAllEvents = QueueEvents();
        bool isEmpty = _outbox.Flush();
        bool mayHandle = MayHandle;
        if (mayHandle)
        {
            if (_reader.TryTake(out ReadOnlyMemory<byte> message, _descriptors))
            {
                Handle(message);
                return true;
            }

            GreetIfBinary();
            if (!_isOver && _reader.Receive(out _isOver))
            {
                return true;
            }

            if (_isOver && isEmpty)
            {
                return false;
            }
        }

        return (!hasAllEvents && _outbox.PendingBytes < MostPendingEventBytes) || Wait(mayHandle);
    }

    private void Handle(ReadOnlyMemory<byte> message)
    {
        GreetIfBinary();
        _outbox.Begin(_reader.Framing, BinaryFrame.Reply);
        _session.Handle(message, _outbox, _descriptors);
        if (_descriptors.Given.Count > 0)
        {
            _outbox.Finish(_descriptors);
            _descriptors = new DescriptorExchange();
        }
        else
        {
            _outbox.Finish();
            _descriptors.Empty();
        }

        if (_client.IsOverRate)
        {
            _resumeAtMs = Environment.TickCount64 + 1 + (1000 / Math.Max(1, _client.Quotas.RequestsPerSecond));
        }
    }

    // False when there may be more, for which there is no room yet.
    private bool QueueEvents()
    {
        _wakeup.Clear();
        while (_outbox.PendingBytes < MostPendingEventBytes)
        {
            _outbox.Begin(_reader.Framing, BinaryFrame.Event);
            if (!_session.TryNextEvent(_outbox))
            {
                return true;
            }

            _outbox.Finish();
        }

        return false;
    }

    private void GreetIfBinary()
    {
        if (_reader.Framing == Framing.Binary && !_hasSaidHello)
        {
            _hasSaidHello = true;
            _outbox.AddBare(BinaryFrame.Hello());
            _outbox.Flush();
        }
    }

    // Whether requests may be handled is the caller's finding: were it looked at anew and had just become true, those already read would wait for more to read.
    private unsafe bool Wait(bool mayHandle)
    {
        bool mayRead = mayHandle && !_isOver;
        bool isStuck = IsOutboxFull || _isOver;
        long now = Environment.TickCount64;
        if (isStuck && now - _outbox.LastProgressMs > PatienceMs)
        {
            return false;
        }

        // The sign that it ends may have been cleared with an event's: it is looked for once more before nobody wakes this.
        if (_isEnding)
        {
            return false;
        }

        LibC.PollFd* fds = stackalloc LibC.PollFd[2];
        fds[0] = new LibC.PollFd { Fd = _wakeup.Handle, Events = LibC.POLLIN };
        short wanted = (short)((mayRead ? LibC.POLLIN : 0) | (_outbox.PendingBytes > 0 ? LibC.POLLOUT : 0));
        fds[1] = new LibC.PollFd { Fd = wanted == 0 ? -1 : _socket.Handle, Events = wanted };
        int timeoutMs = !mayHandle && !IsOutboxFull ? (int)Math.Max(0, _resumeAtMs - now) : isStuck ? PatienceMs : -1;
        LibC.poll(fds, 2, timeoutMs);
        return mayRead || (fds[1].Revents & (LibC.POLLERR | LibC.POLLHUP)) == 0;
    }

    // What cannot be understood any more is answered once; the rest is not read.
    private void SayLast(AudioMeshException error)
    {
        try
        {
            _outbox.Begin(_reader.Framing, BinaryFrame.Reply);
            ErrorWriter.WriteReply(_outbox, error);
            _outbox.Finish();
            _outbox.Flush();
        }
        catch (IOException)
        {
        }
    }
}
