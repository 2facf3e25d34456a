using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Platform.Pictures;
using Beian.MiniApi.Platform.Uploads;
using Beian.MiniApi.WeChat;
using Beian.MiniApi.WeChat.Models;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Features.Ocr;

/// <summary>Which paper a picture is read as.</summary>
public enum Paper
{
    IdCard = 1,
    Licence = 2,
}

/// <summary>
/// Reads pictures of papers through WeChat. The same picture of the same account is asked for once at a time, and its verdict is remembered for some
/// minutes, so that a retry costs no quota; a failure of the way is not remembered. In memory only.
/// </summary>
/// <remarks>The file's name is part of what is remembered because it is part of what is sent.</remarks>
public sealed class PaperReader(IWeChatClient weChat, IPictureFitter fitter, IOptions<OcrOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>Readings that are remembered at most, some kilobytes each.</summary>
    private const int MaxRemembered = 2_000;

    /// <summary>How long a picture waits for its turn.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<Key, Entry> _known = [];
    private readonly SemaphoreSlim _room = new(options.Value.AtOnce);

    /// <summary>The reading of a picture that is known or under way, or null.</summary>
    public Task<Result<Reading>>? Find(Paper paper, string accountId, UploadedFile file)
    {
        lock (_lock)
        {
            return _known.TryGetValue(KeyOf(paper, accountId, file), out var entry) && entry.Until > time.GetUtcNow() ? entry.Reading : null;
        }
    }

    /// <summary>Reads a picture, or joins whoever is reading it. The file has to stay until the task has ended, which takes seconds, whoever has left meanwhile.</summary>
    /// <returns>What was read; refused with <c>ocr.pictureTooLarge</c>, <c>ocr.busy</c>, or as <see cref="IWeChatClient"/> refuses.</returns>
    public Task<Result<Reading>> ReadAsync(Paper paper, string accountId, UploadedFile file)
    {
        var key = KeyOf(paper, accountId, file);
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_known.TryGetValue(key, out var entry) && entry.Until > now)
            {
                return entry.Reading;
            }

            MakeRoom(now);
            var reading = Task.Run(() => OnceAsync(key, paper, file));
            _known[key] = new Entry(reading, DateTimeOffset.MaxValue);
            return reading;
        }
    }

    public void Dispose() => _room.Dispose();

    private async Task<Result<Reading>> OnceAsync(Key key, Paper paper, UploadedFile file)
    {
        var isVerdict = false;
        try
        {
            var reading = await AskAsync(paper, file);
            isVerdict = reading.Error is null or { Code: "ocr.notFound" or "ocr.imageInvalid" };
            return reading;
        }
        finally
        {
            lock (_lock)
            {
                if (isVerdict && options.Value.CacheMinutes > 0)
                {
                    _known[key] = _known[key] with { Until = time.GetUtcNow() + TimeSpan.FromMinutes(options.Value.CacheMinutes) };
                }
                else
                {
                    _known.Remove(key);
                }
            }
        }
    }

    /// <summary>Bounded by the limits of each part, and not ended by a stop of the program, which waits for requests: their pictures would not be kept.</summary>
    private async Task<Result<Reading>> AskAsync(Paper paper, UploadedFile file)
    {
        if (!await _room.WaitAsync(Patience))
        {
            return ReadingErrors.Busy();
        }

        try
        {
            if (await BytesAsync(file) is not { } bytes)
            {
                return ReadingErrors.PictureTooLarge();
            }

            var picture = new WeChatPicture(bytes, file.FileName);
            return paper == Paper.IdCard
                ? Found(await weChat.ReadIdCardAsync(picture, CancellationToken.None), c => PrintedFields.Of(c, time.GetUtcNow()))
                : Found(await weChat.ReadBusinessLicenceAsync(picture, CancellationToken.None), l => PrintedFields.Of(l, time.GetUtcNow()));
        }
        finally
        {
            _room.Release();
        }
    }

    /// <summary>The picture as WeChat takes it, or null when it cannot be made small enough.</summary>
    private async Task<byte[]?> BytesAsync(UploadedFile file)
    {
        if (file.Staged.Size >= WeChatPicture.MaxBytes)
        {
            return await fitter.FitAsync(file.Staged.OpenRead, file.Facts.Media, WeChatPicture.MaxBytes, CancellationToken.None);
        }

        var bytes = new byte[file.Staged.Size];
        await using var stream = file.Staged.OpenRead();
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    private static Result<Reading> Found<T>(Result<T> asked, Func<T, Reading> read)
        where T : class
    {
        if (!asked.TryGet(out var value, out var refusal))
        {
            return refusal;
        }

        // A success without a single word is none.
        var reading = read(value);
        return reading is { IsBlank: true, Side: null or Reading.Front } ? WeChatErrors.Of("ocr.notFound") : reading;
    }

    /// <summary>Forgets what is over, and when that is not enough the oldest verdicts.</summary>
    private void MakeRoom(DateTimeOffset now)
    {
        if (_known.Count < MaxRemembered)
        {
            return;
        }

        var verdicts = _known.Where(k => k.Value.Until != DateTimeOffset.MaxValue).OrderBy(k => k.Value.Until).ToArray();
        foreach (var (key, _) in verdicts.Where((k, i) => k.Value.Until <= now || i < MaxRemembered / 10))
        {
            _known.Remove(key);
        }
    }

    private static Key KeyOf(Paper paper, string accountId, UploadedFile file) => new(paper, accountId, file.Staged.Sha256, file.FileName);

    private sealed record Key(Paper Paper, string AccountId, string Sha256, string FileName);

    private sealed record Entry(Task<Result<Reading>> Reading, DateTimeOffset Until);
}
