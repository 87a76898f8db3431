// SPDX-License-Identifier: MIT
using AudioMesh.Concealment;

namespace AudioMesh.Engine;

/// <summary>
/// Trains the models of all streams that may have gaps, on one thread below device priority, and chooses what each is trained with: the best for which
/// there is time. Any thread may call it, but the device's.
/// </summary>
public sealed class ModelWorker : IDisposable
{
    private const int BusyPassMs = 1;
    private const int IdlePassMs = 4;

    private readonly Lock _pass = new();
    private readonly List<TrainedStream> _streams = [];
    private readonly AutoResetEvent _wake = new(false);
    private Thread? _thread;
    private volatile bool _isStopping;

    /// <summary>Begins to train for <paramref name="concealer"/>; does nothing where there is none.</summary>
    public void Add(StreamConcealer? concealer)
    {
        if (concealer is null)
        {
            return;
        }

        lock (_pass)
        {
            ObjectDisposedException.ThrowIf(_isStopping, this);
            _streams.Add(new TrainedStream(concealer));
            _wake.Set();
            if (_thread is null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = "am-model" };
                _thread.Start();
            }
        }
    }

    /// <summary>When this returns, nothing of <paramref name="concealer"/> is being trained and nothing will be.</summary>
    public void Remove(StreamConcealer? concealer)
    {
        lock (_pass)
        {
            _streams.RemoveAll(stream => stream.Concealer == concealer);
        }
    }

    /// <summary>Trains all that is due of <paramref name="concealer"/>, on the calling thread.</summary>
    public void Work(StreamConcealer concealer)
    {
        lock (_pass)
        {
            while (concealer.Work())
            {
            }
        }
    }

    /// <summary>
    /// Trains all that is due of all streams, on the calling thread and with the best profile: for who renders faster or slower than time and calls this
    /// before each block, so that what is heard does not depend on how fast this machine is.
    /// </summary>
    public void WorkOffline()
    {
        lock (_pass)
        {
            foreach (TrainedStream stream in _streams)
            {
                stream.Use(ConcealmentProfile.Hq);
                while (stream.Work())
                {
                }

                stream.Use(ConcealmentProfile.Hq);
            }
        }
    }

    /// <summary>Ends the thread.</summary>
    public void Dispose()
    {
        _isStopping = true;
        _wake.Set();
        _thread?.Join();
        _wake.Dispose();
    }

    private void Run()
    {
        int waitMs = IdlePassMs;
        while (!_isStopping)
        {
            _wake.WaitOne(waitMs);
            waitMs = Pass();
        }
    }

    /// <summary>Returns how long to wait before the next one.</summary>
    private int Pass()
    {
        lock (_pass)
        {
            bool worked = false;
            bool isArmed = false;
            foreach (TrainedStream stream in _streams)
            {
                worked |= stream.Work();
                isArmed |= stream.Concealer.IsArmed;
            }

            if (worked)
            {
                TrainingBudget.Share(_streams);
            }

            return _streams.Count == 0 ? Timeout.Infinite : worked ? 0 : isArmed ? BusyPassMs : IdlePassMs;
        }
    }
}
