// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Network.Stems;

/// <summary>One connection of a <see cref="TakeServer"/>: proves the key, has it proved, and answers one request after the other.</summary>
internal sealed class TakeGuest(TakeLink link, TakeShelf shelf, int proofMs)
{
    // While the server reads what the client has already, it says so: the client would take it for dead.
    private const long SignBytes = 256L << 20;

    private readonly byte[] _block = new byte[TakeLink.MostBytes];

    /// <summary>Goes on until the client leaves. Throws what the link throws.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await link.SendAsync(TakeRecordKind.Hello, TakeMessages.Hello(), cancellation).ConfigureAwait(false);
        using (CancellationTokenSource proof = CancellationTokenSource.CreateLinkedTokenSource(cancellation))
        {
            proof.CancelAfter(proofMs);
            await AnswerAsync(await RequestAsync(proof.Token).ConfigureAwait(false), cancellation).ConfigureAwait(false);
        }

        while (true)
        {
            await AnswerAsync(await RequestAsync(cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
        }
    }

    private async Task<TakeRequest> RequestAsync(CancellationToken cancellation)
    {
        (TakeRecordKind kind, ReadOnlyMemory<byte> content) = await link.ReceiveAsync(cancellation).ConfigureAwait(false);
        return kind == TakeRecordKind.Request ? TakeMessages.ReadRequest(content) : throw new AudioMeshException(AudioErrorKind.Protocol, $"{kind} is no request.");
    }

    private async Task AnswerAsync(TakeRequest request, CancellationToken cancellation)
    {
        if (request.IsList)
        {
            foreach (TakeOffer offer in shelf.Offers())
            {
                await link.SendAsync(TakeRecordKind.Offer, TakeMessages.Offer(offer), cancellation).ConfigureAwait(false);
            }

            await link.SendAsync(TakeRecordKind.End, default, cancellation).ConfigureAwait(false);
            return;
        }

        try
        {
            string path = shelf.Find(request.Place!, request.IsSidecar);
            using SafeFileHandle file = Open(path);
            await SendAsync(file, request, cancellation).ConfigureAwait(false);
        }
        catch (AudioMeshException error) when (error.Kind is AudioErrorKind.NotFound or AudioErrorKind.FileUnreadable or AudioErrorKind.PermissionDenied or AudioErrorKind.FileInvalid)
        {
            await link.SendAsync(TakeRecordKind.Refusal, TakeMessages.Refusal(error), cancellation).ConfigureAwait(false);
        }
    }

    private static SafeFileHandle Open(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        }
        catch (Exception e) when (TakeFiles.IsFromSystem(e))
        {
            throw TakeFiles.From(Path.GetFileName(path), e);
        }
    }

    private async Task SendAsync(SafeFileHandle file, TakeRequest request, CancellationToken cancellation)
    {
        long bytes = RandomAccess.GetLength(file);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long from = request.From > 0 && request.From <= bytes ? await SkipAsync(file, request, hash, cancellation).ConfigureAwait(false) : 0;
        await link.SendAsync(TakeRecordKind.Begin, TakeMessages.Begin(bytes, from), cancellation).ConfigureAwait(false);
        for (long at = from; at < bytes;)
        {
            int length = Read(file, at, bytes);
            hash.AppendData(_block, 0, length);
            await link.SendAsync(TakeRecordKind.Data, _block.AsMemory(0, length), cancellation).ConfigureAwait(false);
            at += length;
        }

        await link.SendAsync(TakeRecordKind.End, hash.GetHashAndReset(), cancellation).ConfigureAwait(false);
    }

    /// <summary>Where to go on: behind what the client has, or at 0 where that is something else. The hash is that of what is skipped.</summary>
    private async Task<long> SkipAsync(SafeFileHandle file, TakeRequest request, IncrementalHash hash, CancellationToken cancellation)
    {
        for (long at = 0, told = 0; at < request.From;)
        {
            int length = Read(file, at, request.From);
            hash.AppendData(_block, 0, length);
            at += length;
            if (at - told >= SignBytes)
            {
                told = at;
                await link.SendAsync(TakeRecordKind.Data, default, cancellation).ConfigureAwait(false);
            }
        }

        if (Convert.ToHexStringLower(hash.GetCurrentHash()) == request.Hash)
        {
            return request.From;
        }

        hash.GetHashAndReset();
        return 0;
    }

    private int Read(SafeFileHandle file, long at, long end)
    {
        try
        {
            int length = RandomAccess.Read(file, _block.AsSpan(0, (int)Math.Min(_block.Length, end - at)), at);
            return length > 0 ? length : throw new AudioMeshException(AudioErrorKind.FileUnreadable, "The take became shorter while it was read.");
        }
        catch (Exception e) when (TakeFiles.IsFromSystem(e))
        {
            throw new AudioMeshException(AudioErrorKind.FileUnreadable, "The take cannot be read any more.", e);
        }
    }
}
