// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Bus;

/// <summary>
/// What both buses have in common: who subscribed, who serves, which requests wait, what is to be called. All under <see cref="Gate"/>, but handlers, which are called by
/// <see cref="Drain"/> one after the other.
/// </summary>
internal sealed class BusCore(string name, Func<long> utcNs, Action wake)
{
    private const int MostPosted = 262_144;

    private readonly Queue<(IBusSubscription? Owner, Action Work)> _posted = new();
    private readonly List<BusSubscription<BusHandler>> _subscriptions = [];
    private readonly List<BusSubscription<BusAnswerer>> _servers = [];
    private readonly Dictionary<uint, BusRequest> _requests = [];
    private int _subscriptionCount;
    private uint _lastRequest;
    private long _sent;
    private long _received;
    private long _lost;
    private long _refused;
    private long _faults;

    public Lock Gate { get; } = new();

    public BusClock Clock { get; } = new(utcNs, name);

    public IEnumerable<BusRequest> Requests => _requests.Values;

    public bool IsDisposed { get; set; }

    public static void CheckLength(int bytes, int most, string field)
    {
        if (bytes > most)
        {
            throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"{bytes} bytes are too many for a {field}.") { Field = field, Allowed = $"up to {most} bytes" };
        }
    }

    public static void CheckTimeout(int timeoutMs)
    {
        if (timeoutMs is < 1 or > BusLimits.TimeoutMs)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"A request cannot wait for {timeoutMs} ms.") { Field = "timeout_ms", Allowed = $"1..{BusLimits.TimeoutMs}" };
        }
    }

    /// <summary>Has a request answered. Outside the gate.</summary>
    public static (AnswerStatus Status, byte[] Answer) Answer(BusAnswerer server, in BusMessage request)
    {
        try
        {
            byte[] answer = server(request);
            CheckLength(answer.Length, BusLimits.PayloadBytes, "answer");
            return (AnswerStatus.Answered, answer);
        }
        catch (Exception error)
        {
            return (AnswerStatus.Failed, AnswerError.Write(error));
        }
    }

    public void Wake() => wake();

    public void CountSent() => _sent++;

    public void CountReceived() => _received++;

    public void CountLost(long count) => _lost += count;

    public void CountRefused() => _refused++;

    public BusStatistics Statistics(long resent, long pending) => new(_sent, _received, resent, _lost, _refused, Interlocked.Read(ref _faults), pending);

    public BusSubscription<T> Add<T>(List<BusSubscription<T>> list, string pattern, T handler, Action<BusSubscription<T>>? ended = null)
    {
        BusSubject.Check(pattern, isPattern: true);
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (_subscriptionCount == BusLimits.Subscriptions)
        {
            throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"There are {BusLimits.Subscriptions} subscriptions.") { Allowed = $"{BusLimits.Subscriptions}" };
        }

        _subscriptionCount++;
        BusSubscription<T> added = new(pattern, handler, subscription =>
        {
            lock (Gate)
            {
                _subscriptionCount--;
                list.Remove(subscription);
            }

            ended?.Invoke(subscription);
        });
        list.Add(added);
        return added;
    }

    public BusSubscription<BusHandler> Subscribe(string pattern, BusHandler handler, Action<BusSubscription<BusHandler>>? ended = null) => Add(_subscriptions, pattern, handler, ended);

    public BusSubscription<BusAnswerer> Serve(string pattern, BusAnswerer answer, Action<BusSubscription<BusAnswerer>>? ended = null) => Add(_servers, pattern, answer, ended);

    public BusAnswerer? ServerOf(string subject) => _servers.Find(server => BusSubject.Matches(server.Pattern, subject))?.Handler;

    /// <summary>Has a handler called, unless its owner no longer wants that. Under the gate.</summary>
    public void Post(IBusSubscription? owner, Action work)
    {
        if (_posted.Count < MostPosted)
        {
            _posted.Enqueue((owner, work));
        }
        else
        {
            _lost++;
        }
    }

    public void Deliver(string subject, string from, byte[] payload, MeshTime time)
    {
        foreach (BusSubscription<BusHandler> subscription in _subscriptions)
        {
            if (BusSubject.Matches(subscription.Pattern, subject))
            {
                Deliver(subscription, subject, from, payload, time);
            }
        }
    }

    public void Deliver(BusSubscription<BusHandler> subscription, string subject, string from, byte[] payload, MeshTime time) =>
        Post(subscription, () => subscription.Handler(new BusMessage(subject, from, payload, time)));

    /// <summary>Notes a request, and gives its number.</summary>
    public uint Await(BusRequest request)
    {
        if (_requests.Count >= BusLimits.Requests)
        {
            throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"{BusLimits.Requests} requests wait for an answer.") { Allowed = $"{BusLimits.Requests}" };
        }

        _requests.Add(++_lastRequest, request);
        return _lastRequest;
    }

    public BusRequest? Find(uint number) => _requests.GetValueOrDefault(number);

    public void End(uint number, BusAnswer answer)
    {
        if (_requests.Remove(number, out BusRequest? request))
        {
            _posted.Enqueue((null, () => request.Taken(answer))); // no room is needed: requests are few, and each ends
        }
    }

    public void EndUnserved(uint number, string subject) =>
        End(number, new BusAnswer("", [], new AudioMeshException(AudioErrorKind.NotFound, $"Nobody on the mesh serves '{subject}'.") { Field = "subject" }));

    /// <summary>Nobody waits for this one's answer any more.</summary>
    public void GiveUp(ulong peer)
    {
        foreach ((uint number, BusRequest request) in _requests.ToArray())
        {
            if (request.Awaited.Remove(peer) && request.Awaited.Count == 0)
            {
                EndUnserved(number, request.Subject);
            }
        }
    }

    /// <summary>Ends what waited too long; answers when the next will have.</summary>
    public MeshTime Expire(MeshTime now)
    {
        MeshTime next = MeshTime.Unknown;
        if (_requests.Count == 0)
        {
            return next;
        }

        foreach ((uint number, BusRequest request) in _requests.ToArray())
        {
            if (now >= request.Deadline)
            {
                End(number, new BusAnswer("", [], new AudioMeshException(AudioErrorKind.Timeout, $"No answer to '{request.Subject}' in {request.TimeoutMs} ms.") { Field = "subject" }));
            }
            else if (!next.IsKnown || request.Deadline < next)
            {
                next = request.Deadline;
            }
        }

        return next;
    }

    public void EndAll()
    {
        foreach ((uint number, BusRequest request) in _requests.ToArray())
        {
            End(number, new BusAnswer("", [], new AudioMeshException(AudioErrorKind.InvalidState, $"The bus was closed before '{request.Subject}' was answered.")));
        }
    }

    /// <summary>Calls what was posted. On the bus' thread, outside the gate.</summary>
    public void Drain()
    {
        while (true)
        {
            (IBusSubscription? owner, Action work) item;
            lock (Gate)
            {
                if (!_posted.TryDequeue(out item))
                {
                    return;
                }
            }

            if (item.owner?.IsActive ?? true)
            {
                Call(item.work);
            }
        }
    }

    // A handler is the app's: what it throws must not end the bus for all others.
    private void Call(Action work)
    {
        try
        {
            work();
        }
        catch (Exception)
        {
            Interlocked.Increment(ref _faults);
        }
    }
}
