// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Kernels;
using AudioMesh.Testing;

namespace AudioMesh.Compute.Tests.Kernels;

/// <summary>Every execution of a kernel gives the bits of its oracle, so that what is measured of the oracle holds for all.</summary>
[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.BesideOracle))]
internal sealed class AgreementTests(TestDevice testDevice)
{
    [Test]
    public void Mix_matrix([Values(1, 15, 33)] int mixes, [Values(1, 16, 70)] int sources, [Values(1, 64, 100)] int frames) =>
        AssertMatricesAgree(mixes, sources, frames);

    [Test]
    public void Mix_matrix_of_4096_sources() => AssertMatricesAgree(16, 4096, 64);

    [Test]
    public void A_silent_crosspoint_of_the_mix_matrix_is_not_heard_even_of_NaN()
    {
        using Pair<MixMatrixProgram> pair = new(testDevice, device => new(device, 1, 2, 64));
        pair.Each(matrix =>
        {
            matrix.Source(0).Fill(float.NaN);
            matrix.Source(1).Fill(1);
            matrix.From[1] = matrix.To[1] = 0.5f;
            matrix.Program.Run();
        });
        Bits.AssertSame(pair.Oracle.Mix(0), pair.Tested.Mix(0));
        Assert.That(pair.Tested.Mix(0).ToArray(), Is.All.EqualTo(0.5f));
    }

    [Test]
    public void Meters([Values(1, 3)] int channels, [Values(1, 5, 64, 500)] int frames)
    {
        using Pair<MetersProgram> pair = new(testDevice, device => new(device, channels, frames));
        RepeatableRandom random = new(13);
        float[] samples = new float[frames];
        for (int run = 0; run < 3; run++)
        {
            random.Fill(samples);
            pair.Each(meters =>
            {
                for (int channel = 0; channel < channels; channel++)
                {
                    samples.CopyTo(meters.Input(channel));
                }

                meters.Program.Run();
            });
            for (int channel = 0; channel < channels; channel++)
            {
                Assert.That(pair.Tested.Reading(channel), Is.EqualTo(pair.Oracle.Reading(channel)));
            }
        }
    }

    [Test]
    public void Resample([Values(1, 3)] int channels, [Values(8, 64)] int taps, [Values(1, 130)] int outputFrames)
    {
        ResampleBank bank = new(taps, 0.9, 90);
        using Pair<ResampleProgram> pair = new(testDevice, device => new(device, bank, channels, 400, outputFrames));
        pair.Each(resample =>
        {
            RepeatableRandom random = new(8);
            resample.SetPlaces(40.123456789, 1.0884353741);
            for (int channel = 0; channel < channels; channel++)
            {
                random.Fill(resample.Input(channel));
            }

            resample.Program.Run();
        });
        for (int channel = 0; channel < channels; channel++)
        {
            Bits.AssertSame(pair.Oracle.Output(channel), pair.Tested.Output(channel));
        }
    }

    [Test]
    public void Convolve([Values(64, 128, 512)] int block, [Values(1, 300, 1024)] int responseFrames)
    {
        const int Channels = 2;
        using Pair<ConvolveProgram> pair = new(testDevice, device => new(device, Channels, block, responseFrames));
        pair.Each(convolve => SetResponses(convolve, new(9)));
        RepeatableRandom random = new(10);
        float[] samples = new float[block];
        for (int run = 0; run < (2 * responseFrames / block) + 3; run++)
        {
            random.Fill(samples);
            pair.Each(convolve =>
            {
                samples.CopyTo(convolve.Input(0));
                samples.AsSpan().CopyTo(convolve.Input(1));
                convolve.Program.Run();
            });
            Bits.AssertSame(pair.Oracle.Output(0), pair.Tested.Output(0));
            Bits.AssertSame(pair.Oracle.Output(1), pair.Tested.Output(1));
        }
    }

    [TestCase(1, 2, 1)]
    [TestCase(3, 100, 50)]
    [TestCase(2, 1024, 256)]
    [TestCase(2, 2048, 512)]
    [TestCase(1, 5120, 1280)]
    public void Burg(int streams, int window, int order)
    {
        using Pair<BurgProgram> pair = new(testDevice, device => new(device, streams, window, order));
        pair.Each(burg =>
        {
            RepeatableRandom random = new(11);
            for (int stream = 0; stream < streams; stream++)
            {
                Sounds.Plucked(burg.Window(stream), 110 * (stream + 1), ref random);
            }

            burg.Program.Run();
        });
        for (int stream = 0; stream < streams; stream++)
        {
            Assert.That(pair.Oracle.Model(stream).ContainsAnyExcept(0f), "a model");
            Bits.AssertSame(pair.Oracle.Model(stream), pair.Tested.Model(stream));
        }
    }

    [TestCase(0f)]
    [TestCase(5e-7f)]
    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    public void Burg_makes_no_model_of(float level)
    {
        using IComputeDevice device = testDevice.Open();
        using BurgProgram burg = new(device, 1, 256, 64);
        burg.Window(0).Fill(level);
        burg.Program.Run();
        Assert.That(burg.Model(0).ToArray(), Is.All.Zero);
    }

    private void AssertMatricesAgree(int mixes, int sources, int frames)
    {
        using Pair<MixMatrixProgram> pair = new(testDevice, device => new(device, mixes, sources, frames));
        pair.Each(matrix =>
        {
            RepeatableRandom random = new(7);
            random.Fill(matrix.From);
            random.Fill(matrix.To);
            for (int source = 0; source < sources; source++)
            {
                random.Fill(matrix.Source(source));
            }

            matrix.Program.Run();
        });
        for (int mix = 0; mix < mixes; mix++)
        {
            Bits.AssertSame(pair.Oracle.Mix(mix), pair.Tested.Mix(mix));
        }
    }

    private static void SetResponses(ConvolveProgram convolve, RepeatableRandom random)
    {
        float[] response = new float[convolve.ResponseFrames];
        for (int channel = 0; channel < convolve.Channels; channel++)
        {
            random.Fill(response);
            convolve.SetResponse(channel, response);
        }
    }

    /// <summary>A program on the oracle and on the device that is tested.</summary>
    private sealed class Pair<T> : IDisposable
        where T : KernelProgram
    {
        private readonly IComputeDevice _oracleDevice = TestDevices.Oracle();
        private readonly IComputeDevice _testedDevice;

        public Pair(TestDevice tested, Func<IComputeDevice, T> make)
        {
            _testedDevice = tested.Open();
            Oracle = make(_oracleDevice);
            Tested = make(_testedDevice);
        }

        public T Oracle { get; }

        public T Tested { get; }

        public void Each(Action<T> action)
        {
            action(Oracle);
            action(Tested);
        }

        public void Dispose()
        {
            Oracle.Dispose();
            Tested.Dispose();
            _oracleDevice.Dispose();
            _testedDevice.Dispose();
        }
    }
}
