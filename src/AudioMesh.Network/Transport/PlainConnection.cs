// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace AudioMesh.Network.Transport;

/// <summary>One controller's connection. What it says last counts too where it closes without an end of line.</summary>
internal sealed class PlainConnection(Socket socket, TransportAgent agent, PlainOptions options, bool isTrusted, CancellationToken end)
{
    private const int LineBytes = 1024;
    private const int SendMs = 2000;
    private const int WrongKeyMs = 250;
    private readonly byte[] _buffer = new byte[LineBytes];
    private int _filled;
    private readonly PlainSeal _seal = new(options.Key);
    private long _lineSince;

    public async Task RunAsync()
    {
        bool goesOn = true;
        while (goesOn)
        {
            int received = await ReceiveAsync().ConfigureAwait(false);
            if (received < 0)
            {
                await RefuseAsync(_filled > 0 ? new TransportRefusal("slow", $"A line took longer than {options.LineMs} ms.") : new TransportRefusal("idle", "Nothing was said.")).ConfigureAwait(false);
                return;
            }

            _filled += received;
            goesOn = received > 0;
            bool isWelcome = await TakeLinesAsync(isLast: !goesOn).ConfigureAwait(false);
            goesOn &= isWelcome;
            if (_filled == LineBytes && goesOn)
            {
                await RefuseAsync(new TransportRefusal("too_long", $"A line has at most {LineBytes - 1} bytes.")).ConfigureAwait(false);
                return;
            }
        }
    }

    public async Task RefuseAsync(TransportRefusal refusal)
    {
        await AnswerAsync(TextOf(refusal)).ConfigureAwait(false);
        socket.Shutdown(SocketShutdown.Send); // throws where it has closed already, which ends the connection too
    }

    // Bytes, 0 at the end, -1 when it took too long.
    private async Task<int> ReceiveAsync()
    {
        int idleMs = isTrusted || _seal.HasProved ? options.IdleMs : options.LineMs; // a stranger takes nobody's place for long
        long left = _filled == 0 ? idleMs : options.LineMs - (Environment.TickCount64 - _lineSince);
        if (left <= 0)
        {
            return -1;
        }

        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(end);
        patience.CancelAfter(TimeSpan.FromMilliseconds(left));
        try
        {
            int received = await socket.ReceiveAsync(_buffer.AsMemory(_filled), patience.Token).ConfigureAwait(false);
            _lineSince = _filled == 0 ? Environment.TickCount64 : _lineSince;
            return received;
        }
        catch (OperationCanceledException) when (!end.IsCancellationRequested)
        {
            return -1;
        }
    }

    // False: it is not to go on.
    private async Task<bool> TakeLinesAsync(bool isLast)
    {
        int start = 0;
        while (start < _filled)
        {
            int length = _buffer.AsSpan(start, _filled - start).IndexOf((byte)'\n');
            if (length < 0 && !isLast)
            {
                break;
            }

            int taken = length < 0 ? _filled - start : length;
            (string answer, bool goesOn) = Carry(_buffer.AsSpan(start, taken));
            start += Math.Min(taken + 1, _filled - start);
            if (answer.Length > 0)
            {
                await AnswerAsync(answer).ConfigureAwait(false);
            }

            if (!goesOn)
            {
                await Task.Delay(WrongKeyMs, end).ConfigureAwait(false);
                return false;
            }
        }

        _buffer.AsSpan(start, _filled - start).CopyTo(_buffer);
        _filled -= start;
        _lineSince = start > 0 ? Environment.TickCount64 : _lineSince;
        return true;
    }

    private (string Answer, bool GoesOn) Carry(ReadOnlySpan<byte> line)
    {
        line = line.Trim("\r\t "u8);
        if (line.IsEmpty)
        {
            return ("", true);
        }

        if (Ascii.EqualsIgnoreCase(line, "CHALLENGE"u8))
        {
            return options.Key.Length > 0 ? ($"OK CHALLENGE {_seal.Challenge()}", true) : ("ERR key This agent has no key.", true);
        }

        bool isSigned = line.Length > Signed.Length && Ascii.EqualsIgnoreCase(line[..Signed.Length], Signed);
        if (isSigned && !_seal.TryOpen(line[Signed.Length..], out line))
        {
            return ("ERR key That is not signed with the key, for this challenge and this line.", false);
        }

        if (!isSigned && !isTrusted)
        {
            return ("ERR key Ask for a CHALLENGE, and sign with the key what you say.", false);
        }

        TransportRefusal refusal = PlainParser.Parse(line, out PlainCommand? command);
        return command is null ? (TextOf(refusal), true) : (command.Action is null ? SetParameter(command) : Order(command), true);
    }

    private string Order(PlainCommand command)
    {
        ulong id = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;
        TransportRefusal refusal = agent.Submit(new TransportOrder(id, command.Action!.Value, agent.FromUtc(command.UtcNs), command.Frame));
        return refusal.IsNone ? $"OK {command.Word} {id:x16}" : TextOf(refusal);
    }

    private string SetParameter(PlainCommand command)
    {
        if (options.SetParameter is not { } set)
        {
            return "ERR no_parameters This agent shares no parameters.";
        }

        try
        {
            set(command.Namespace, command.Name, command.Value);
            return $"OK SET_PARAM {command.Namespace} {command.Name}";
        }
        catch (AudioMeshException error)
        {
            return TextOf(new TransportRefusal(error.Kind.ToCode(), error.Message));
        }
    }

    private static string TextOf(in TransportRefusal refusal) => $"ERR {refusal.Code} {refusal.Reason?.ReplaceLineEndings(" ")}";

    private static ReadOnlySpan<byte> Signed => "SIGNED "u8;

    private async Task AnswerAsync(string text)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(end);
        patience.CancelAfter(SendMs);
        ReadOnlyMemory<byte> bytes = Encoding.UTF8.GetBytes(text + "\n");
        try
        {
            while (!bytes.IsEmpty)
            {
                int sent = await socket.SendAsync(bytes, patience.Token).ConfigureAwait(false);
                bytes = bytes[sent..];
            }
        }
        catch (SocketException)
        {
            // It has closed and wants no answer; what else it said is carried out all the same.
        }
    }
}
