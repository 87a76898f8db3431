// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Concealment;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests;

/// <summary>The worker with models that cost what the test says, on streams that go on as fast as it trains.</summary>
internal sealed unsafe class ModelWorkerTests
{
    [Test]
    public void Where_there_is_time_it_trains_with_the_best([Values(1, 3)] int streams)
    {
        using Trial trial = new(streams, costUsOfLite: 0);
        trial.RunUntil(profiles => profiles.TrueForAll(profile => profile == ConcealmentProfile.Hq));
    }

    [Test]
    public void What_cannot_be_foretold_is_not_trained_with_more()
    {
        using Trial trial = new(1, costUsOfLite: 0, isNoise: true);
        trial.Run(hops: 300);
        Assert.That(trial.Profiles[0], Is.EqualTo(ConcealmentProfile.Default));
    }

    [Test]
    public void Where_there_is_none_it_trains_with_the_least()
    {
        // 2 ms of each 2.7 ms even with the least.
        using Trial trial = new(1, costUsOfLite: 2000);
        trial.RunUntil(profiles => profiles[0] == ConcealmentProfile.Lite);
        trial.Run(hops: 200);
        Assert.That(trial.Profiles[0], Is.EqualTo(ConcealmentProfile.Lite));
    }

    [Test]
    public void Of_many_streams_only_as_many_are_lowered_as_must_be()
    {
        // The default costs 0.4 ms: seven of them are more than the 2.7 ms there are, four of them and three lite ones are less.
        using Trial trial = new(7, costUsOfLite: 100);
        trial.RunUntil(profiles => profiles.Contains(ConcealmentProfile.Lite));
        Assert.That(trial.Profiles, Has.None.EqualTo(ConcealmentProfile.Hq));
    }

    [Test]
    public void A_stream_that_is_removed_is_left_alone_when_the_call_returns()
    {
        using Trial trial = new(2, costUsOfLite: 50);
        trial.Run(hops: 20);
        trial.Remove(0);
        long trained = trial.Trainings(0);
        trial.Run(hops: 20);
        Assert.That(trial.Trainings(0), Is.EqualTo(trained));
    }

    [Test]
    public void Nothing_is_trained_that_is_not_armed()
    {
        using Trial trial = new(1, costUsOfLite: 0, isArmed: false);
        trial.Pass(hops: 100);
        Thread.Sleep(50);
        Assert.That(trial.Trainings(0), Is.Zero);
    }

    private sealed class Trial : IDisposable
    {
        private const int Hop = StreamConcealer.HopFrames;

        private readonly ModelWorker _worker = new();
        private readonly List<StreamConcealer> _streams = [];
        private readonly float[] _block = new float[Hop];
        private readonly List<bool> _isRemoved = [];
        private readonly bool _isNoise;
        private RepeatableRandom _random = new(1);

        public Trial(int streams, int costUsOfLite, bool isArmed = true, bool isNoise = false)
        {
            _isNoise = isNoise;
            for (int i = 0; i < streams; i++)
            {
                _streams.Add(new StreamConcealer(
                    new ConcealerOptions { Channels = 1, Rate = 48000, Trainer = new DearTrainer(costUsOfLite) }) { IsArmed = isArmed });
                _isRemoved.Add(false);
                _worker.Add(_streams[i]);
            }
        }

        public List<ConcealmentProfile> Profiles => _streams.ConvertAll(stream => stream.Profile);

        public long Trainings(int stream) => _streams[stream].Statistics.Trainings;

        public void Remove(int stream)
        {
            _isRemoved[stream] = true;
            _worker.Remove(_streams[stream]);
        }

        /// <summary>Goes on until <paramref name="isIt"/>; fails after 30 s.</summary>
        public void RunUntil(Predicate<List<ConcealmentProfile>> isIt)
        {
            long deadline = Environment.TickCount64 + 30_000;
            while (!isIt(Profiles))
            {
                Assert.That(Environment.TickCount64, Is.LessThan(deadline), $"still {string.Join(", ", Profiles)}");
                Run(hops: 1);
            }
        }

        /// <summary>Lets so many hops pass and waits until each is trained.</summary>
        public void Run(int hops)
        {
            for (int hop = 0; hop < hops; hop++)
            {
                List<long> before = _streams.ConvertAll(stream => stream.Statistics.Trainings + stream.Statistics.SkippedTrainings);
                Pass(1);
                for (int i = 0; i < _streams.Count; i++)
                {
                    ConcealmentStatistics now = _streams[i].Statistics;
                    while (!_isRemoved[i] && _streams[i].Position.Value > 4096 && now.Trainings + now.SkippedTrainings == before[i])
                    {
                        Thread.Yield();
                        now = _streams[i].Statistics;
                    }
                }
            }
        }

        public void Pass(int hops)
        {
            for (int hop = 0; hop < hops; hop++)
            {
                _block.AsSpan().Fill(0.5f);
                if (_isNoise)
                {
                    _random.Fill(_block);
                }

                fixed (float* samples = _block)
                {
                    float* channel = samples;
                    foreach (StreamConcealer stream in _streams)
                    {
                        stream.Receive(&channel, 0, Hop);
                    }
                }
            }
        }

        public void Dispose()
        {
            _worker.Dispose();
            _streams.ForEach(stream => stream.Dispose());
        }
    }

    private sealed class DearTrainer(int costUsOfLite) : IModelTrainer
    {
        public int MostStreams => 1;

        public void Train(ReadOnlySpan<float> windows, int window, Span<float> models, int order)
        {
            MeshTime end = MeshClock.Now.Add((long)costUsOfLite * 1000 * window / 1024 * window / 1024);
            while (MeshClock.Now < end)
            {
            }

            // The next sample is as the last one.
            models.Clear();
            for (int first = 0; first < models.Length; first += order)
            {
                models[first] = 1;
            }
        }
    }
}
