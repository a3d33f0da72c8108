"""Reads pictures with RapidOCR, one line of JSON for each path that comes in on standard input.

The first line out tells what runs. One thread; the detector's input is as large as SIDE allows, as in the
program it is compared with; lines are not turned (no page of the comparison needs it).

Run by benches/ocr/engine.rs: python baseline.py SIDE
"""

import json
import sys

import onnxruntime
import rapidocr
from rapidocr import EngineType, LangDet, LangRec, ModelType, OCRVersion, RapidOCR


def engine(side: int) -> RapidOCR:
    return RapidOCR(
        params={
            "Global.use_cls": False,
            "Global.log_level": "error",
            # Lines are cut out of the whole picture, whatever the detector saw.
            "Global.max_side_len": 100_000,
            "Det.limit_type": "max",
            "Det.limit_side_len": side,
            "Det.engine_type": EngineType.ONNXRUNTIME,
            "Det.lang_type": LangDet.CH,
            "Det.model_type": ModelType.SMALL,
            "Det.ocr_version": OCRVersion.PPOCRV6,
            "Rec.engine_type": EngineType.ONNXRUNTIME,
            "Rec.lang_type": LangRec.CH,
            "Rec.model_type": ModelType.SMALL,
            "Rec.ocr_version": OCRVersion.PPOCRV6,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def say(message: dict) -> None:
    print(json.dumps(message, ensure_ascii=False), flush=True)


def main() -> None:
    reader = engine(int(sys.argv[1]))
    version = getattr(rapidocr, "__version__", "3")
    say({"engine": f"RapidOCR {version}, PP-OCRv6 small, onnxruntime {onnxruntime.__version__}"})
    for path in sys.stdin:
        result = reader(path.strip())
        texts = result.txts or ()
        boxes = [] if result.boxes is None else result.boxes.tolist()
        say({"lines": [{"text": text, "quad": quad} for text, quad in zip(texts, boxes)], "seals": [], "turn": 0})


if __name__ == "__main__":
    main()
