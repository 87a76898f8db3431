// SPDX-License-Identifier: MIT
using System.Runtime.ExceptionServices;
using System.Threading.Channels;

namespace AudioMesh.Backends.CoreAudio;

/// <summary>
/// A thread that calls the HAL for others, one call after the other, so that a caller waits for a hanging audio server only so long.
/// What was asked for meanwhile is done in order when the server answers again. Any thread.
/// </summary>
internal sealed class HalThread
{
    private readonly Channel<Action> _calls = Channel.CreateUnbounded<Action>();

    public HalThread() => new Thread(Work) { Name = "am-coreaudio-hal", IsBackground = true }.Start();

    /// <summary>Makes a call and returns its result; throws what it threw, or Timeout.</summary>
    public T Call<T>(string what, int timeoutMs, Func<T> call)
    {
        T result = default!;
        if (!TryCall(timeoutMs, () => result = call()))
        {
            throw new AudioMeshException(
                AudioErrorKind.Timeout, $"coreaudio: {what}: the audio server did not answer within {timeoutMs} ms.");
        }

        return result;
    }

    /// <summary>Makes a call and says whether it ended in time; throws what it threw.</summary>
    public bool TryCall(int timeoutMs, Action call)
    {
        ManualResetEventSlim ended = new();
        Exception? error = null;
        Post(() =>
        {
            try
            {
                call();
            }
            catch (Exception thrown)
            {
                error = thrown;
            }

            ended.Set();
        });
        if (!ended.Wait(timeoutMs))
        {
            return false;
        }

        if (error is not null)
        {
            ExceptionDispatchInfo.Throw(error);
        }

        return true;
    }

    /// <summary>Has a call made that throws nothing, without waiting for it; not any more after <see cref="End"/>.</summary>
    public void Post(Action call) => _calls.Writer.TryWrite(call);

    /// <summary>Ends the thread once what was asked for is done.</summary>
    public void End() => _calls.Writer.TryComplete();

    private void Work()
    {
        while (_calls.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_calls.Reader.TryRead(out Action? call))
            {
                call();
            }
        }
    }
}
