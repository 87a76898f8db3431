// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Compute;
using AudioMesh.Network.Hub;

namespace AudioMesh.Cli.Hub;

/// <summary>Who mixes for a hub: this processor or a compute device, as a measurement at the hub's full size says.</summary>
internal sealed class MixerChoice : IDisposable
{
    private const int Runs = 60;
    private const int WarmUps = 10;

    private readonly IComputeDevice? _device;
    private readonly ComputeMatrixMixer? _mixer;

    private MixerChoice(string text, IComputeDevice? device = null, ComputeMatrixMixer? mixer = null) => (Text, _device, _mixer) = (text, device, mixer);

    /// <summary>Null for the processor.</summary>
    public IMatrixMixer? Mixer => _mixer;

    /// <summary>Which, and what both take, in words.</summary>
    public string Text { get; }

    /// <summary>
    /// <paramref name="wish"/> is auto, cpu or compute; auto takes a GPU where that is the faster, and looks at no device that runs on the processor. Throws NotFound where
    /// compute is wished for and there is none, and what opening it throws.
    /// </summary>
    public static MixerChoice Make(string wish, HubOptions size)
    {
        ComputeDeviceInfo? info = wish == "cpu" ? null
            : ComputeDevices.Enumerate().FirstOrDefault(candidate => wish == "compute" || candidate.Kind != ComputeDeviceKind.Software);
        if (info is null)
        {
            return wish == "compute" ? throw new AudioMeshException(AudioErrorKind.NotFound, "There is no compute device to mix on.") : new MixerChoice("cpu");
        }

        try
        {
            return Compare(wish, info, size);
        }
        catch (AudioMeshException error) when (wish == "auto")
        {
            return new MixerChoice($"cpu ({info.Name} does not go: {error.Message})");
        }
    }

    public void Dispose()
    {
        _mixer?.Dispose();
        _device?.Dispose();
    }

    private static MixerChoice Compare(string wish, ComputeDeviceInfo info, HubOptions size)
    {
        IComputeDevice device = ComputeDevices.Open(info);
        ComputeMatrixMixer? mixer = null;
        try
        {
            mixer = new ComputeMatrixMixer(device, size.MaxReceiveChannels, size.MaxSendChannels, size.PeriodFrames);
            double computeUs = MedianUs(mixer.Mix, size);
            double processorUs = MedianUs(Dsp.MixMatrix.Mix, size);
            bool isFaster = !mixer.HasFailed && computeUs < processorUs;
            string figures = FormattableString.Invariant($"{info.Name} takes {computeUs:0} us for all, the processor {processorUs:0} us");
            if (isFaster || wish == "compute")
            {
                return new MixerChoice($"{info.Key} ({figures})", device, mixer);
            }

            mixer.Dispose();
            device.Dispose();
            return new MixerChoice($"cpu ({figures})");
        }
        catch
        {
            mixer?.Dispose();
            device.Dispose();
            throw;
        }
    }

    private static double MedianUs(Mixing mix, HubOptions size)
    {
        float[] sources = new float[size.MaxSendChannels * size.PeriodFrames];
        float[] gains = new float[size.MaxSendChannels * size.MaxReceiveChannels];
        float[] mixes = new float[size.MaxReceiveChannels * size.PeriodFrames];
        Array.Fill(sources, 0.1f);
        Array.Fill(gains, 0.5f);
        double[] us = new double[Runs];
        for (int run = -WarmUps; run < Runs; run++)
        {
            long begin = Stopwatch.GetTimestamp();
            mix(sources, gains, gains, mixes, size.PeriodFrames);
            us[Math.Max(run, 0)] = Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
        }

        Array.Sort(us);
        return us[Runs / 2];
    }

    private delegate void Mixing(ReadOnlySpan<float> sources, ReadOnlySpan<float> from, ReadOnlySpan<float> to, Span<float> mixes, int frames);
}
