# PNG files of every kind of pixel for PngImageTests.cs, 5x4 pixels, each row with another filter, and what they show in 8 bits a channel.
# Python and zlib alone, by the W3C's specification.
import base64, random, struct, zlib

W, H = 5, 4
KINDS = [(0, b, None) for b in (1, 2, 4, 8, 16)] + [(2, 8, None), (2, 16, None), (3, 1, None), (3, 2, None), (3, 4, None), (3, 8, None), (4, 8, None),
         (4, 16, None), (6, 8, None), (6, 16, None), (0, 8, 'key'), (2, 8, 'key'), (3, 4, 'alpha')]
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}

def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))

def paeth(a, b, c):
    p = a + b - c
    return min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]

def filtered(row, above, back, f):
    out = bytearray([f])
    for i, x in enumerate(row):
        a, b, c = (row[i - back] if i >= back else 0), above[i], (above[i - back] if i >= back else 0)
        out.append((x - [0, a, b, (a + b) // 2, paeth(a, b, c)][f]) & 255)
    return bytes(out)

for number, (kind, bits, extra) in enumerate(KINDS):
    random.seed(number + 1)
    n, most = SAMPLES[kind], (1 << bits) - 1
    colors = min(most + 1, 11)
    palette = [tuple(random.randrange(256) for _ in range(3)) for _ in range(colors)]
    alphas = [random.randrange(256) for _ in range(colors - 3)]
    pixels = [[[random.randrange(colors if kind == 3 else most + 1) for _ in range(n)] for _ in range(W)] for _ in range(H)]
    key = pixels[1][2]
    rows, above = b'', None
    for y, row in enumerate(pixels):
        line = ''.join(format(v, f'0{bits}b') for p in row for v in p)
        line += '0' * (-len(line) % 8)
        data = bytes(int(line[i:i + 8], 2) for i in range(0, len(line), 8))
        rows += filtered(data, above or bytes(len(data)), max(1, n * bits // 8), (y + number) % 5)
        above = data
    packed = zlib.compress(rows, 9)
    file = b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', W, H, bits, kind, 0, 0, 0)) + chunk(b'tEXt', b'a\0b')
    if kind == 3: file += chunk(b'PLTE', bytes(v for c in palette for v in c))
    if extra == 'key': file += chunk(b'tRNS', b''.join(struct.pack('>H', v) for v in key))
    if extra == 'alpha': file += chunk(b'tRNS', bytes(alphas))
    file += chunk(b'IDAT', packed[:7]) + chunk(b'IDAT', packed[7:]) + chunk(b'IEND', b'')
    shown = []
    for row in pixels:
        for p in row:
            if kind == 3: shown += list(palette[p[0]]) + ([(alphas + [255] * 3)[p[0]]] if extra else [])
            else: shown += [(v * 255 + most // 2) // most for v in p] + ([0 if p == key else 255] if extra else [])
    channels = len(shown) // (W * H)
    print(f'    [TestCase({channels}, "{base64.b64encode(file).decode()}",\n        "{bytes(shown).hex().upper()}", TestName = "Read_Kind{kind}Bits{bits}{extra or ""}_GivesItsPixels")]')
