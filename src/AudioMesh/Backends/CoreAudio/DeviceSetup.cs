// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Interop;
using static AudioMesh.Interop.CoreAudioFramework;

namespace AudioMesh.Backends.CoreAudio;

/// <summary>Brings a device to the rate, period and format of a request.</summary>
internal sealed class DeviceSetup(HalObjects objects, HalDevice device)
{
    private const int RateTimeoutMs = 2000;
    private const int PeriodTimeoutMs = 500;
    private const int PollMs = 2;

    /// <summary>Sets what the request asks for; throws FormatUnsupported where the device cannot, and Timeout where it does not follow.</summary>
    public void Apply(StreamRequest request)
    {
        if (request.Rate != 0 && request.Rate != device.Rate)
        {
            SetRate(request.Rate);
        }

        int present = (int)objects.Get<uint>(device.Id, kAudioDevicePropertyBufferFrameSize);
        int wanted = request.PeriodFrames == 0 ? Math.Min(present, StreamRequest.MaxPeriodFrames) : request.PeriodFrames;
        if (wanted != present)
        {
            SetPeriod(wanted);
        }

        RequireFloat(request.Format);
    }

    /// <summary>The most frames one cycle of this device can bring.</summary>
    public int LongestCycle()
    {
        AudioValueRange range = objects.Get<AudioValueRange>(device.Id, kAudioDevicePropertyBufferFrameSizeRange);
        uint varying = objects.GetOr(device.Id, kAudioDevicePropertyUsesVariableBufferFrameSizes, kAudioObjectPropertyScopeGlobal, 0u);
        return Math.Max((int)range.mMaximum, (int)varying);
    }

    private void SetRate(int rate)
    {
        AudioValueRange[] available = objects.List<AudioValueRange>(device.Id, kAudioDevicePropertyAvailableNominalSampleRates);
        if (!Array.Exists(available, range => range.mMinimum <= rate && rate <= range.mMaximum))
        {
            throw Unsupported("rate", $"cannot run at {rate} frames per second", string.Join(", ", Array.ConvertAll(available, Spell)));
        }

        if (!SetAndAwait(kAudioDevicePropertyNominalSampleRate, (double)rate, RateTimeoutMs))
        {
            throw new AudioMeshException(
                AudioErrorKind.Timeout, $"coreaudio: '{device.Name}' did not go to {rate} frames per second within {RateTimeoutMs} ms.");
        }
    }

    private void SetPeriod(int frames)
    {
        AudioValueRange range = objects.Get<AudioValueRange>(device.Id, kAudioDevicePropertyBufferFrameSizeRange);
        uint nearest = (uint)Math.Clamp(frames, range.mMinimum, range.mMaximum);

        // A device that takes another period after all is described, and heard, as it is.
        SetAndAwait(kAudioDevicePropertyBufferFrameSize, nearest, PeriodTimeoutMs);
    }

    /// <summary>Sets a property, which a device may follow later or not at all; returns whether it has, in time.</summary>
    private bool SetAndAwait<T>(uint selector, T value, int timeoutMs)
        where T : unmanaged, IEquatable<T>
    {
        objects.Set(device.Id, selector, value);
        long since = Stopwatch.GetTimestamp();
        while (!objects.Get<T>(device.Id, selector).Equals(value))
        {
            if (Stopwatch.GetElapsedTime(since).TotalMilliseconds > timeoutMs)
            {
                return false;
            }

            Thread.Sleep(PollMs);
        }

        return true;
    }

    private void RequireFloat(SampleFormat format)
    {
        if (format is not (SampleFormat.Any or SampleFormat.Float32))
        {
            throw Unsupported("format", $"takes float samples from programs, not {format}", nameof(SampleFormat.Float32));
        }

        foreach (uint scope in (ReadOnlySpan<uint>)[kAudioObjectPropertyScopeOutput, kAudioObjectPropertyScopeInput])
        {
            foreach (uint stream in objects.List<uint>(device.Id, kAudioDevicePropertyStreams, scope))
            {
                AudioStreamBasicDescription described = objects.Get<AudioStreamBasicDescription>(stream, kAudioStreamPropertyVirtualFormat);
                if (described.mFormatID != kAudioFormatLinearPCM || described.mBitsPerChannel != 8 * sizeof(float)
                    || (described.mFormatFlags & (kAudioFormatFlagsNativeFloatPacked | kAudioFormatFlagIsBigEndian))
                        != kAudioFormatFlagsNativeFloatPacked)
                {
                    throw Unsupported("format", "is set to samples that are not float: undo that in Audio MIDI Setup", nameof(SampleFormat.Float32));
                }
            }
        }
    }

    private AudioMeshException Unsupported(string field, string why, string allowed) =>
        new(AudioErrorKind.FormatUnsupported, $"coreaudio: '{device.Name}' {why}.") { Field = field, Allowed = allowed };

    private static string Spell(AudioValueRange range) =>
        range.mMinimum == range.mMaximum ? $"{range.mMinimum}" : $"{range.mMinimum}..{range.mMaximum}";
}
